using System.Globalization;
using System.Runtime.CompilerServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>The log of a container, line by line.</summary>
internal static class ContainerLog
{
    public static ContainerLogsParameters Parameters(LogRequest request) => new()
    {
        ShowStdout = true,
        ShowStderr = true,
        Timestamps = true,
        Follow = request.Follow,
        Tail = request.Tail?.ToString(CultureInfo.InvariantCulture)!,
        Since = request.Since is { } since
            ? string.Create(CultureInfo.InvariantCulture, $"{since.ToUnixTimeMilliseconds() / 1000m:0.000}")
            : null!,
    };

    public static async IAsyncEnumerable<LogLine> LinesAsync(
        DockerEngine engine, string what, MultiplexedStream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (output, error) = (new LogAssembly(isError: false), new LogAssembly(isError: true));
        var buffer = new byte[32 * 1024];
        while (true)
        {
            var read = await engine.AttendAsync(what, _ => stream.ReadOutputAsync(buffer, 0, buffer.Length, cancellation), cancellation);
            if (read.EOF)
            {
                break;
            }

            var assembly = read.Target is MultiplexedStream.TargetStream.StandardError ? error : output;
            foreach (var line in assembly.Add(buffer.AsMemory(0, read.Count)))
            {
                yield return line;
            }
        }

        foreach (var line in output.Finish().Concat(error.Finish()))
        {
            yield return line;
        }
    }
}
