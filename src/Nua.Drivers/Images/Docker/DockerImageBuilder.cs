using Nua.Core;
using Nua.Core.Problems;
using Nua.Drivers.Processes;
using Nua.Drivers.Runtimes;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Images;

namespace Nua.Drivers.Images.Docker;

/// <summary>Builds with the BuildKit of a Docker engine, by way of the docker command: only it speaks BuildKit's protocol.</summary>
/// <param name="socket">The engine's Unix socket.</param>
/// <param name="scratch">Where it writes what lives as long as a build; <see langword="null"/>: where the system has such.</param>
/// <param name="limits">What builds may take of the machine; <see langword="null"/>: what is usual.</param>
public sealed class DockerImageBuilder(string socket, string? scratch = null, BuildLimits? limits = null) : IImageBuilder, IDisposable
{
    private readonly BuildClient _client = new();
    private readonly DockerImageStore _images = new(socket);
    private readonly BuildLimits _limits = limits ?? BuildLimits.Usual;
    private readonly SemaphoreSlim _places = new((limits ?? BuildLimits.Usual).AtOnce);

    public async Task<Image> BuildAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellation)
    {
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellation))
        {
            log.Report($"Waiting for one of {_limits.AtOnce} builds to end.");
            await _places.WaitAsync(cancellation);
        }

        try
        {
            await BoundMemoryAsync(log, cancellation);
            return await BuildNowAsync(build, log, cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _images.Dispose();
    }

    private async Task BoundMemoryAsync(IProgress<string> log, CancellationToken cancellation)
    {
        if (_limits.MemoryBytes is { } bytes
            && new StepMemory().Bound(bytes, await _images.GroupDriverAsync(cancellation)) is { } reason)
        {
            log.Report($"The memory of build steps is not bounded: {reason}.");
        }
    }

    private async Task<Image> BuildNowAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellation)
    {
        var work = ScratchFolder.Create(scratch, "nua-build-");
        try
        {
            await File.WriteAllTextAsync(DockerfileIn(work), LabelLines.AddTo(build.Dockerfile, build.Labels), cancellation);
            await RunAsync(build, work, log, cancellation);
        }
        finally
        {
            work.Delete(recursive: true);
        }

        // The image is there now, whoever cancels.
        return await _images.FindAsync(build.Tag, CancellationToken.None)
            ?? throw new NuaException(RuntimeProblems.ImageMissing(build.Tag));
    }

    private async Task RunAsync(ImageBuild build, DirectoryInfo work, IProgress<string> log, CancellationToken cancellation)
    {
        var reader = new BuildLog();
        var command = new HostCommand(await _client.ProgramAsync(), Arguments(build, DockerfileIn(work)))
        {
            Environment = new Dictionary<string, string>(BuildClient.WithBuildKit) { [ScratchFolder.Variable] = work.FullName },
        };
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
            if (reader.Add(Hide(line, build.Hidden)) is { } text)
            {
                log.Report(text);
            }
        }
    }

    private static string DockerfileIn(DirectoryInfo work) => Path.Combine(work.FullName, "Dockerfile");

    // A tool may say where it gets things from with all that the address holds.
    private static string Hide(string line, IReadOnlyList<Secret> hidden) =>
        hidden.Aggregate(line, (text, secret) => text.Replace(secret.Reveal(), "***", StringComparison.Ordinal));

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
            : log.WasKilled ? ImageProblems.Killed(build.Tag, log.FailedStep, log.End)
            : ImageProblems.BuildFailed(build.Tag, log.FailedStep, log.End);

        bool Says(string words) => log.End.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
    }
}
