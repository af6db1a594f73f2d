using Nua.Core.Problems;
using Nua.Drivers.Processes;
using Nua.Drivers.Runtimes;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Images;

namespace Nua.Drivers.Images.Docker;

/// <summary>Builds with the BuildKit of a Docker engine, by way of the docker command: only it speaks BuildKit's protocol.</summary>
/// <param name="socket">The engine's Unix socket.</param>
/// <param name="scratch">Where it writes what lives as long as a build; <see langword="null"/>: where the system has such.</param>
public sealed class DockerImageBuilder(string socket, string? scratch = null) : IImageBuilder, IDisposable
{
    private readonly BuildClient _client = new();
    private readonly DockerImageStore _images = new(socket);

    public async Task<Image> BuildAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellation)
    {
        var work = ScratchFolder.Create(scratch, "nua-build-");
        try
        {
            var dockerfile = Path.Combine(work.FullName, "Dockerfile");
            await File.WriteAllTextAsync(dockerfile, LabelLines.AddTo(build.Dockerfile, build.Labels), cancellation);
            await RunAsync(build, dockerfile, log, cancellation);
        }
        finally
        {
            work.Delete(recursive: true);
        }

        // The image is there now, whoever cancels.
        return await _images.FindAsync(build.Tag, CancellationToken.None)
            ?? throw new NuaException(RuntimeProblems.ImageMissing(build.Tag));
    }

    public void Dispose() => _images.Dispose();

    private async Task RunAsync(ImageBuild build, string dockerfile, IProgress<string> log, CancellationToken cancellation)
    {
        var reader = new BuildLog();
        var command = new HostCommand(await _client.ProgramAsync(), Arguments(build, dockerfile)) { Environment = BuildClient.WithBuildKit };
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(build.TimeLimit);
        try
        {
            var exitCode = await HostProcess.RunAsync(command, Read, limited.Token);
            if (exitCode != 0)
            {
                throw new NuaException(Explain(build, reader));
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NuaException(ImageProblems.BuildTimedOut(build.Tag, build.TimeLimit, reader.End));
        }

        void Read(string line)
        {
            if (reader.Add(line) is { } text)
            {
                log.Report(text);
            }
        }
    }

    private List<string> Arguments(ImageBuild build, string dockerfile) =>
    [
        "--host", $"unix://{socket}",
        "build", "--progress=plain",
        .. build.NoCache ? ["--no-cache"] : Array.Empty<string>(),
        "--file", dockerfile,
        "--tag", build.Tag,
        .. build.Arguments.SelectMany(argument => new[] { "--build-arg", $"{argument.Key}={argument.Value}" }),
        .. build.SecretFiles.SelectMany(secret => new[] { "--secret", $"id={secret.Key},src={secret.Value}" }),
        build.Context,
    ];

    private Problem Explain(ImageBuild build, BuildLog log)
    {
        if (Says("no space left on device"))
        {
            return RuntimeProblems.DiskFull($"build '{build.Tag}'");
        }

        if (Says("permission denied while trying to connect"))
        {
            return EngineFaults.Unreachable(socket, denied: true);
        }

        return Says("Cannot connect to the Docker daemon")
            ? EngineFaults.Unreachable(socket, denied: false)
            : ImageProblems.BuildFailed(build.Tag, log.FailedStep, log.End);

        bool Says(string words) => log.End.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
    }
}
