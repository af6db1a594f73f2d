using System.Security.Cryptography;
using Nua.Api;
using Nua.Core.Problems;

namespace Nua.Server.Uploads;

/// <summary>
/// Packages' folders as they were sent, each under the hash of what was sent. A folder is there whole or not at all, and
/// nothing in it reaches outside of it.
/// </summary>
/// <param name="root">Where the folders are.</param>
/// <param name="limits">How much is taken.</param>
internal sealed class UploadStore(string root, UploadLimits limits)
{
    private const string Prefix = "sha256:";
    private const string Draft = "draft-";
    private const long HeaderBytes = 2048;

    /// <summary>What a stream may have at most: the files, and a header for each.</summary>
    public long MostBytes => limits.Bytes + (limits.Entries * HeaderBytes);

    /// <summary>Takes a tar stream; the same stream again is the same folder.</summary>
    /// <exception cref="NuaException"><c>upload.…</c></exception>
    public async Task<UploadView> ReceiveAsync(Stream tar, CancellationToken cancellation)
    {
        Directory.CreateDirectory(root);
        var draft = Path.Combine(root, Draft + Guid.NewGuid().ToString("N"));
        try
        {
            using var hash = SHA256.Create();
            await using var hashing = new CryptoStream(tar, hash, CryptoStreamMode.Read, leaveOpen: true);
            var unpacking = new Unpacking(Directory.CreateDirectory(draft).FullName, limits);
            await unpacking.RunAsync(hashing, cancellation);
            DiskSync.Flush(root);
            var digest = Convert.ToHexStringLower(hash.Hash!);
            Keep(draft, FolderOf(digest));
            return new UploadView(Prefix + digest, unpacking.Files, unpacking.Bytes);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new NuaException(UploadProblems.NotATar(broken.Message), broken);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            throw new NuaException(UploadProblems.NotKept(failure.Message), failure);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    /// <summary>The folder of an upload.</summary>
    /// <exception cref="NuaException"><c>upload.unknown</c></exception>
    public string Find(string digest)
    {
        var hash = digest.StartsWith(Prefix, StringComparison.Ordinal) ? digest[Prefix.Length..] : digest;
        return hash.Length == SHA256.HashSizeInBytes * 2 && hash.All(char.IsAsciiHexDigitLower) && Directory.Exists(FolderOf(hash))
            ? FolderOf(hash)
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
    public int Prune(DateTimeOffset unusedSince)
    {
        if (!Directory.Exists(root))
        {
            return 0;
        }

        var old = Directory.GetDirectories(root).Where(folder => Directory.GetLastWriteTimeUtc(folder) < unusedSince.UtcDateTime).ToList();
        old.ForEach(folder => Directory.Delete(folder, recursive: true));
        return old.Count;
    }

    /// <summary>Removes what was being sent to a server that is gone; answers what was done, in sentences.</summary>
    public IReadOnlyList<string> RemoveDrafts()
    {
        var drafts = Directory.Exists(root) ? Directory.GetDirectories(root, $"{Draft}*").ToList() : [];
        drafts.ForEach(folder => Directory.Delete(folder, recursive: true));
        return [.. drafts.Select(folder => $"Removed {folder}, which was sent in part.")];
    }

    private string FolderOf(string hash) => Path.Combine(root, hash);

    private static void Keep(string draft, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(draft, folder);
        }

        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
    }
}

/// <summary>How much of a package's folder is taken.</summary>
/// <param name="Bytes">All files together, and the stream itself.</param>
/// <param name="Entries">Files, folders and links together.</param>
internal sealed record UploadLimits(long Bytes = 1_000_000_000, int Entries = 200_000);
