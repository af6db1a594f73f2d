using System.Security.Cryptography;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Build.Sources;

namespace Nua.Server.Uploads;

/// <summary>
/// Packages' folders as they were sent, each under the hash of what was sent. A folder is there whole or not at all, and
/// nothing in it reaches outside of it.
/// </summary>
/// <param name="root">Where the folders are.</param>
/// <param name="limits">How much is taken.</param>
internal sealed class UploadStore(string root, UnpackingLimits limits)
{
    private const string Prefix = "sha256:";

    private readonly FolderStore _folders = new(root);

    /// <summary>What a stream may have at most: the files, and a header for each.</summary>
    public long MostBytes => limits.StreamBytes;

    /// <summary>Takes a tar stream; the same stream again is the same folder.</summary>
    /// <exception cref="NuaException"><c>upload.…</c></exception>
    public async Task<UploadView> ReceiveAsync(Stream tar, CancellationToken cancellation)
    {
        try
        {
            return await _folders.DraftAsync(draft => UnpackAsync(tar, draft, cancellation));
        }
        catch (UnpackingException refused)
        {
            throw new NuaException(UploadProblems.Of(refused, limits), refused);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            throw new NuaException(UploadProblems.NotKept(failure.Message), failure);
        }
    }

    /// <summary>The folder of an upload.</summary>
    /// <exception cref="NuaException"><c>upload.unknown</c></exception>
    public string Find(string digest)
    {
        var hash = digest.StartsWith(Prefix, StringComparison.Ordinal) ? digest[Prefix.Length..] : digest;
        return hash.Length == SHA256.HashSizeInBytes * 2 && hash.All(char.IsAsciiHexDigitLower) && _folders.Find(hash) is { } folder
            ? folder
            : throw new NuaException(UploadProblems.Unknown(digest));
    }

    /// <summary>A file of an uploaded folder, by its path in there.</summary>
    /// <exception cref="NuaException"><c>upload.unknown</c>, <c>upload.bad-entry</c>: the path leads out of the folder</exception>
    public string Find(string digest, string file)
    {
        var folder = Find(digest);
        var path = Path.GetFullPath(Path.Combine(folder, file));
        return path.StartsWith($"{folder}/", StringComparison.Ordinal)
            ? path
            : throw new NuaException(UploadProblems.BadEntry(file, "it lies outside of the folder"));
    }

    /// <summary>Forgets what nobody used for that long, and what a crash left half done; answers how many folders went.</summary>
    public int Prune(DateTimeOffset unusedSince) => _folders.Prune(unusedSince);

    /// <summary>Removes what was being sent to a server that is gone; answers what was done, in sentences.</summary>
    public IReadOnlyList<string> RemoveDrafts() =>
        [.. _folders.RemoveDrafts().Select(folder => $"Removed {folder}, which was sent in part.")];

    private async Task<UploadView> UnpackAsync(Stream tar, string draft, CancellationToken cancellation)
    {
        using var hash = SHA256.Create();
        await using var hashing = new CryptoStream(tar, hash, CryptoStreamMode.Read, leaveOpen: true);
        var unpacked = new UnpackedFolder(draft, limits);
        await TarReading.RunAsync(hashing, unpacked, cancellation);
        var digest = Convert.ToHexStringLower(hash.Hash!);
        _folders.Keep(unpacked.Close(), digest);
        return new UploadView(Prefix + digest, unpacked.Files, unpacked.Bytes);
    }
}
