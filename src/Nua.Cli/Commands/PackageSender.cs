using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Packing;
using Nua.Core.Detecting;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;

namespace Nua.Cli.Commands;

/// <summary>Checks a package, sends its folder to the server, and has it built.</summary>
internal sealed class PackageSender(NuaClient server, Terminal terminal, ProgressTree progress)
{
    public LockPatience Patience { get; init; } = new(server, progress, limit: null);

    /// <param name="path">The package's folder, or its nua-config.</param>
    /// <param name="strict">Whether what is probably a mistake is an error.</param>
    /// <param name="cancellation">Ends the sending.</param>
    /// <returns>The build to ask for.</returns>
    /// <exception cref="Core.Problems.NuaException">There is no package, or it is not valid.</exception>
    public async Task<BuildBody> SendAsync(string path, bool strict, CancellationToken cancellation)
    {
        var file = PackageLocator.Find(path);
        progress.Begin($"pack {file.Root}");
        var config = Check(file, strict);
        var package = List(file.Root, config);
        foreach (var remark in package.LeftOut)
        {
            progress.Note(remark);
        }

        var upload = await progress.StepAsync(
            $"send {package.Files} files, {Words.Size(package.SizeBytes)}",
            () => server.UploadAsync((body, stop) => PackageTar.WriteAsync(package, body, stop), cancellation));
        return new BuildBody(upload.Digest, Config: Path.GetRelativePath(file.Root, file.Path));
    }

    public async Task<OperationView> BuildAsync(BuildBody body, CancellationToken cancellation) =>
        await new OperationFollower(server, terminal).FollowAsync(
            await Patience.AskAsync(() => server.BuildAsync(body, cancellation)), progress, cancellation);

    private static PackageFolder List(string root, Package config)
    {
        var package = PackageFolder.List(root);
        return DockerfileUse.Builds(config.Build, package.Paths) ? PackageFolder.List(root, byDockerfile: true) : package;
    }

    /// <summary>What can be said without the server is said before anything is sent.</summary>
    private Package Check(PackageFile file, bool strict)
    {
        var reading = PackageReader.Inspect(file, new ReadingOptions(strict));
        if (reading.Package is null)
        {
            throw new PackageException(reading.Findings);
        }

        foreach (var finding in reading.Findings)
        {
            progress.Note(finding.ToString());
        }

        return reading.Package;
    }
}
