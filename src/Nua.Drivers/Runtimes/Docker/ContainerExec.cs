using Docker.DotNet;
using Docker.DotNet.Models;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>A command in a container that runs.</summary>
internal static class ContainerExec
{
    /// <summary>Of what a command writes, the end is kept: this much of each of its two streams.</summary>
    private const int LongestOutput = 1024 * 1024;

    /// <summary>
    /// How a shell line of ours begins, which runs as root: the container's own PATH may lead to where the app writes.
    /// </summary>
    public const string OwnPath = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";

    public static async Task<ExecOutcome> RunAsync(
        DockerClient client, WorkloadId id, ExecCommand command, CancellationToken cancellation)
    {
        var exec = await client.Exec.CreateContainerExecAsync(id.Value, Request(command), cancellation);
        using var stream = await client.Exec.StartContainerExecAsync(exec.ID, new ContainerExecStartParameters(), cancellation);

        var (output, error) = (new TailBuffer(LongestOutput), new TailBuffer(LongestOutput));
        var buffer = new byte[32 * 1024];
        while (await stream.ReadOutputAsync(buffer, 0, buffer.Length, cancellation) is { EOF: false } read)
        {
            var target = read.Target is MultiplexedStream.TargetStream.StandardError ? error : output;
            target.Add(buffer.AsSpan(0, read.Count));
        }

        return new ExecOutcome(await ExitCodeAsync(client, exec.ID, cancellation), output.ToString(), error.ToString());
    }

    /// <summary>The command in the engine's words; without input.</summary>
    public static ContainerExecCreateParameters Request(ExecCommand command) => new()
    {
        Cmd = [.. command.Arguments],
        Env = [.. command.Secrets.Select(secret => $"{secret.Key}={secret.Value.Reveal()}")],
        User = command.User!,
        WorkingDir = command.WorkingDirectory!,
        AttachStdout = true,
        AttachStderr = true,
    };

    /// <summary>The engine closes the streams a moment before it knows the exit code, and nothing tells when it does.</summary>
    public static async Task<int> ExitCodeAsync(DockerClient client, string exec, CancellationToken cancellation)
    {
        while (true)
        {
            if (await client.Exec.InspectContainerExecAsync(exec, cancellation) is { Running: false, ExitCode: { } code })
            {
                return (int)code;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellation);
        }
    }
}
