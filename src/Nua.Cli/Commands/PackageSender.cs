using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Packing;

namespace Nua.Cli.Commands;

/// <summary>Sends a package's folder to the server and has it built.</summary>
internal sealed class PackageSender(NuaClient server, Terminal terminal)
{
    public async Task<OperationView> BuildAsync(
        string folder, bool strict, bool noCache, ProgressTree progress, CancellationToken cancellation)
    {
        var upload = await SendAsync(folder, progress, cancellation);
        var asked = await server.BuildAsync(new BuildBody(upload.Digest, strict, noCache), cancellation);
        return await new OperationFollower(server, terminal).FollowAsync(asked, progress, cancellation);
    }

    public async Task<UploadView> SendAsync(string folder, ProgressTree progress, CancellationToken cancellation)
    {
        progress.Begin($"pack {folder}");
        var package = PackageFolder.List(folder);
        foreach (var remark in package.LeftOut)
        {
            progress.Note(remark);
        }

        return await progress.StepAsync(
            $"send {package.Files} files, {Words.Size(package.SizeBytes)}",
            () => server.UploadAsync((body, stop) => PackageTar.WriteAsync(package, body, stop), cancellation));
    }
}
