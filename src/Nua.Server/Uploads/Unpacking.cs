using System.Formats.Tar;
using Nua.Core.Problems;

namespace Nua.Server.Uploads;

/// <summary>
/// Writes a tar stream into a folder and trusts none of it: names stay inside, links lead inside, there are only files, folders
/// and symbolic links, and all of it is bounded.
/// </summary>
internal sealed class Unpacking(string folder, UploadLimits limits)
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    private readonly List<(string Path, string Target)> _links = [];
    private int _entries;

    /// <summary>How many files were written.</summary>
    public int Files { get; private set; }

    /// <summary>What they take together.</summary>
    public long Bytes { get; private set; }

    /// <exception cref="NuaException"><c>upload.too-large</c>, <c>upload.bad-entry</c></exception>
    public async Task RunAsync(Stream tar, CancellationToken cancellation)
    {
        await using var reader = new TarReader(tar, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (++_entries > limits.Entries)
            {
                throw new NuaException(UploadProblems.TooLarge(limits));
            }

            await TakeAsync(entry, cancellation);
        }

        await ReadToEndAsync(tar, cancellation);
        MakeLinks();
    }

    /// <summary>No link lies below another: its way up would not be the one that was checked.</summary>
    private void MakeLinks()
    {
        foreach (var (path, _) in _links)
        {
            MakeFolder(Path.GetDirectoryName(path)!, Path.GetRelativePath(folder, path));
        }

        foreach (var (path, target) in _links)
        {
            if (Path.Exists(path))
            {
                throw new NuaException(UploadProblems.BadEntry(Path.GetRelativePath(folder, path), "it is there twice"));
            }

            File.CreateSymbolicLink(path, target);
        }
    }

    private async Task TakeAsync(TarEntry entry, CancellationToken cancellation)
    {
        var path = PathOf(entry);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                MakeFolder(path, entry.Name);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await WriteAsync(entry, path, cancellation);
                break;
            case TarEntryType.SymbolicLink:
                // Made when all files are: so nothing can be written through a link.
                _links.Add((path, TargetOf(entry, path)));
                break;
            case TarEntryType.GlobalExtendedAttributes:
                break;
            default:
                throw new NuaException(UploadProblems.BadEntry(entry.Name, $"it is a {entry.EntryType}"));
        }
    }

    private async Task WriteAsync(TarEntry entry, string path, CancellationToken cancellation)
    {
        Bytes += entry.Length;
        if (Bytes > limits.Bytes)
        {
            throw new NuaException(UploadProblems.TooLarge(limits));
        }

        MakeFolder(Path.GetDirectoryName(path)!, entry.Name);
        if (Path.Exists(path))
        {
            throw new NuaException(UploadProblems.BadEntry(entry.Name, "it is there twice"));
        }

        await using (var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = (entry.Mode & Permissions) | UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            await (entry.DataStream ?? Stream.Null).CopyToAsync(file, cancellation);
        }

        File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
        Files++;
    }

    private void MakeFolder(string path, string entry)
    {
        for (var above = path; IsInside(above); above = Path.GetDirectoryName(above)!)
        {
            if (File.Exists(above))
            {
                throw new NuaException(UploadProblems.BadEntry(entry, "it lies below a file"));
            }
        }

        Directory.CreateDirectory(path);
    }

    private string PathOf(TarEntry entry)
    {
        if (entry.Name.Contains('\0') || entry.LinkName.Contains('\0'))
        {
            throw new NuaException(UploadProblems.BadEntry(entry.Name.Replace("\0", "\\0", StringComparison.Ordinal), "its name is none"));
        }

        var path = Path.GetFullPath(entry.Name, folder);
        return !Path.IsPathRooted(entry.Name) && IsInside(path)
            ? path
            : throw new NuaException(UploadProblems.BadEntry(entry.Name, "it lies outside the folder"));
    }

    /// <summary>
    /// A way up is taken only at the beginning, from a folder that is one: behind another link it could lead anywhere.
    /// </summary>
    private string TargetOf(TarEntry entry, string path)
    {
        var target = entry.LinkName;
        var goesUpLater = target.Split('/').SkipWhile(part => part == "..").Contains("..");
        return !goesUpLater && !Path.IsPathRooted(target) && IsInside(Path.GetFullPath(target, Path.GetDirectoryName(path)!))
            ? target
            : throw new NuaException(UploadProblems.BadEntry(entry.Name, $"it links to '{target}', outside the folder"));
    }

    private bool IsInside(string path) => (path + '/').StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);

    /// <summary>The padding belongs to what is hashed, and is bounded too.</summary>
    private static async Task ReadToEndAsync(Stream tar, CancellationToken cancellation)
    {
        var buffer = new byte[81920];
        while (await tar.ReadAsync(buffer, cancellation) > 0)
        {
        }
    }
}
