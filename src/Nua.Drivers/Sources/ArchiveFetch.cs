using Nua.Core.Problems;
using Nua.Engine.Build.Sources;

namespace Nua.Drivers.Sources;

/// <summary>Fetches one archive: asks for it, checks it, unpacks it, keeps what was unpacked.</summary>
internal sealed class ArchiveFetch(
    RemoteSource.Archive source, SourceSettings settings, FolderStore trees, KnownAddresses addresses, IProgress<string> log)
{
    /// <summary>No source is packed better; what claims to be is made to fill a disk.</summary>
    private const long MostExpansion = 250;

    /// <summary>What any archive may have, however small it is.</summary>
    private const long LeastLimit = 64_000_000;

    /// <param name="work">An empty folder to work in.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<FetchedSource> RunAsync(string work, CancellationToken cancellation)
    {
        if (source.Checksum is { } checksum && Kept(checksum) is { } kept)
        {
            return kept;
        }

        using var download = new Download(source, settings);
        using var answer = await download.AskAsync(cancellation);
        if (source.Checksum is null && addresses.Find(source.Url, answer) is { } known && Kept(known) is { } same)
        {
            return same;
        }

        var file = Path.Combine(work, "archive");
        var digest = await download.SaveAsync(answer, file, log, cancellation);
        Verify(digest);
        var folder = await UnpackAsync(file, Directory.CreateDirectory(Path.Combine(work, "tree")).FullName, digest, cancellation);
        addresses.Remember(source.Url, answer, digest);
        return new FetchedSource(folder, RevisionOf(digest));
    }

    private static string RevisionOf(string digest) => $"sha256:{digest}";

    private static string KeyOf(string digest) => $"sha256-{digest}";

    private FetchedSource? Kept(string digest)
    {
        if (trees.Find(KeyOf(digest)) is not { } folder)
        {
            return null;
        }

        log.Report($"{source.Url} has not changed since it was fetched.");
        return new FetchedSource(folder, RevisionOf(digest));
    }

    private void Verify(string digest)
    {
        if (source.Checksum is null)
        {
            log.Report($"Not checked. To have it checked: src-checksum = \"{digest}\"");
        }
        else if (source.Checksum != digest)
        {
            throw new NuaException(SourceProblems.ChecksumMismatch(source, digest));
        }
    }

    private async Task<string> UnpackAsync(string file, string tree, string digest, CancellationToken cancellation)
    {
        var believable = Math.Max(LeastLimit, new FileInfo(file).Length * MostExpansion);
        var limits = settings.Limits with { Bytes = Math.Min(settings.Limits.Bytes, believable) };
        var unpacked = new UnpackedFolder(tree, limits);
        await new ArchiveFile(file, source).UnpackAsync(unpacked, cancellation);
        var root = unpacked.Close(stripTop: true);
        log.Report($"Unpacked {unpacked.Files} files, {unpacked.Bytes / 1e6:0.0} MB.");
        return trees.Keep(root, KeyOf(digest));
    }
}
