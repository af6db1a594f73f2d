using System.IO.Hashing;
using System.Text;

namespace Nua.Engine.Build.Sources;

/// <summary>
/// A folder that an archive is unpacked into, whoever made the archive: names stay inside, links lead inside, there are only
/// files, folders and links, and all of it is bounded.
/// </summary>
/// <param name="folder">Where; it is there and empty.</param>
/// <param name="limits">How much is taken.</param>
public sealed class UnpackedFolder(string folder, UnpackingLimits limits)
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const int LongestName = 255;

    /// <summary>Half of what Linux takes: the folder's own path comes before it.</summary>
    private const int LongestPath = 2048;

    private const int ChunkBytes = 81920;

    private readonly List<(string Name, string Path, string Target)> _links = [];
    private int _entries;

    /// <summary>How many files were written.</summary>
    public int Files { get; private set; }

    /// <summary>What they take together.</summary>
    public long Bytes { get; private set; }

    /// <summary>How much is taken.</summary>
    public UnpackingLimits Limits => limits;

    /// <summary>Makes a folder.</summary>
    /// <exception cref="UnpackingException">It cannot be made, as for all that follow.</exception>
    public void AddFolder(string name)
    {
        Count();
        MakeFolder(PathOf(name), name);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="entry">What the archive says of it.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task AddFileAsync(FileEntry entry, Stream content, CancellationToken cancellation)
    {
        var name = entry.Name;
        Count();
        Expect(entry.Length);
        var path = PathOf(name);
        MakeFolder(Path.GetDirectoryName(path)!, name);
        if (Path.Exists(path))
        {
            throw Bad(name, "it is there twice");
        }

        uint sum;
        await using (var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = (entry.Mode & Permissions) | UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            sum = await CopyAsync(content, file, cancellation);
            if (file.Length != entry.Length || sum != (entry.Sum ?? sum))
            {
                throw new UnpackingException(UnpackingFault.NoArchive, name, "its content is not what the archive says of it");
            }
        }

        File.SetLastWriteTimeUtc(path, TimeOf(entry.Written.UtcDateTime, sum));
        Files++;
    }

    /// <summary>
    /// The second is the archive's; the fraction tells contents apart. An engine takes a file for unchanged by its size and time
    /// alone, and archives know whole seconds, or have the same time for all.
    /// </summary>
    private static DateTime TimeOf(DateTime written, uint sum) =>
        written.AddTicks((sum % TimeSpan.TicksPerSecond) - (written.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Remembers a symbolic link: all are made when all files are, so nothing can be written through one.</summary>
    public void AddLink(string name, string target)
    {
        Count();
        CheckText(name, target);
        _links.Add((name, PathOf(name), target));
    }

    /// <summary>A second name for a file that is there; it becomes a file of its own.</summary>
    public async Task AddSecondNameAsync(string name, string first, CancellationToken cancellation)
    {
        var source = new FileInfo(PathOf(first, name, $"it links to '{first}', outside the folder"));
        // A name that ends so is a folder's, though a file of that name is said to exist.
        if (first.EndsWith('/') || !source.Exists)
        {
            throw Bad(name, $"it links to '{first}', which is no file before it");
        }

        await using var content = source.OpenRead();
        var second = new FileEntry(name, source.UnixFileMode, new DateTimeOffset(source.LastWriteTimeUtc), source.Length);
        await AddFileAsync(second, content, cancellation);
    }

    /// <summary>Makes the links; after that the folder is whole.</summary>
    /// <param name="stripTop">Whether a single folder at the top is the root.</param>
    /// <returns>The root of what was unpacked.</returns>
    public string Close(bool stripTop = false)
    {
        // No link lies below another: its way up would not be the one that was checked.
        foreach (var (name, path, _) in _links)
        {
            MakeFolder(Path.GetDirectoryName(path)!, name);
        }

        var root = stripTop ? SingleTop() : folder;
        foreach (var (name, path, target) in _links)
        {
            if (Path.Exists(path))
            {
                throw Bad(name, "it is there twice");
            }

            CheckTarget(root, name, path, target);
            File.CreateSymbolicLink(path, target);
        }

        return root;
    }

    private string SingleTop() =>
        _links.TrueForAll(link => Path.GetDirectoryName(link.Path) != folder.TrimEnd('/'))
        && Directory.GetFileSystemEntries(folder) is [var only]
        && Directory.Exists(only)
            ? only
            : folder;

    /// <summary>
    /// A way up is taken only at the beginning, from a folder that is one: behind another link it could lead anywhere.
    /// </summary>
    private static void CheckTarget(string root, string name, string path, string target)
    {
        var goesUpLater = target.Split('/').SkipWhile(part => part == "..").Contains("..");
        if (goesUpLater || Path.IsPathRooted(target) || !IsInside(root, Path.GetFullPath(target, Path.GetDirectoryName(path)!)))
        {
            throw new UnpackingException(UnpackingFault.Escapes, name, $"it links to '{target}', outside the folder");
        }
    }

    /// <summary>Answers with the CRC-32 of what was copied.</summary>
    private async Task<uint> CopyAsync(Stream content, FileStream file, CancellationToken cancellation)
    {
        var sum = new Crc32();
        var buffer = new byte[ChunkBytes];
        while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            // What it says of its length may be a lie.
            Expect(read);
            Bytes += read;
            sum.Append(buffer.AsSpan(0, read));
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return sum.GetCurrentHashAsUInt32();
    }

    private void Expect(long length)
    {
        if (length > limits.Bytes - Bytes)
        {
            throw TooLarge();
        }
    }

    private void Count()
    {
        if (++_entries > limits.Entries)
        {
            throw TooLarge();
        }
    }

    private void MakeFolder(string path, string name)
    {
        for (var above = path; above.Length > folder.Length && !Directory.Exists(above); above = Path.GetDirectoryName(above)!)
        {
            if (File.Exists(above))
            {
                throw Bad(name, "it lies below a file");
            }

            // A long name alone can ask for a thousand folders.
            Count();
        }

        Directory.CreateDirectory(path);
    }

    private string PathOf(string name) => PathOf(name, name, "it lies outside the folder");

    private string PathOf(string path, string name, string outside)
    {
        CheckText(name, path);
        var full = Path.GetFullPath(path, folder);
        return !Path.IsPathRooted(path) && IsInside(folder, full)
            ? full
            : throw new UnpackingException(UnpackingFault.Escapes, name, outside);
    }

    private static void CheckText(string name, string text)
    {
        if (text.Length == 0 || text.Contains('\0'))
        {
            throw Bad(name.Replace("\0", "\\0", StringComparison.Ordinal), "its name is none");
        }

        if (text.Contains('\uFFFD'))
        {
            throw Bad(name, "its name is not UTF-8");
        }

        if (BytesOf(text) > LongestPath || text.Split('/').Any(part => BytesOf(part) > LongestName))
        {
            throw Bad($"{name[..Math.Min(name.Length, 40)]}…", "its name is too long");
        }
    }

    private static int BytesOf(string text) => Encoding.UTF8.GetByteCount(text);

    private static bool IsInside(string root, string path) => (path + '/').StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal);

    private static UnpackingException Bad(string name, string why) => new(UnpackingFault.BadEntry, name, why);

    private UnpackingException TooLarge() => new(
        UnpackingFault.TooLarge, "", $"it has more than {limits.Entries} files or {limits.Bytes / 1_000_000} MB");
}

/// <summary>What an archive says of a file.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Mode">Its permissions; special bits are dropped.</param>
/// <param name="Written">When it was last changed.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Sum">Its CRC-32, if the archive has it.</param>
public sealed record FileEntry(string Name, UnixFileMode Mode, DateTimeOffset Written, long Length, uint? Sum = null);

/// <summary>How much of an archive is taken.</summary>
/// <param name="Bytes">All files together, and the stream itself.</param>
/// <param name="Entries">Files, folders and links together.</param>
public sealed record UnpackingLimits(long Bytes = 1_000_000_000, int Entries = 200_000)
{
    private const long HeaderBytes = 2048;

    /// <summary>What a stream of entries may have at most: the files, and a header for each.</summary>
    public long StreamBytes => Bytes + (Entries * HeaderBytes);
}

/// <summary>Why an archive is not unpacked.</summary>
/// <param name="fault">The kind of fault.</param>
/// <param name="entry">The name of the entry at fault; empty when it is the whole.</param>
/// <param name="why">One clause.</param>
/// <param name="cause">What was thrown below.</param>
public sealed class UnpackingException(UnpackingFault fault, string entry, string why, Exception? cause = null)
    : Exception(entry.Length == 0 ? why : $"'{entry}': {why}", cause)
{
    public UnpackingFault Fault { get; } = fault;

    public string Entry { get; } = entry;

    public string Why { get; } = why;
}

/// <summary>What can be wrong with an archive.</summary>
public enum UnpackingFault
{
    /// <summary>It is no archive, or a broken one.</summary>
    NoArchive,

    /// <summary>It has more than is taken.</summary>
    TooLarge,

    /// <summary>An entry would be, or lead, outside the folder.</summary>
    Escapes,

    /// <summary>An entry is nothing that a source has.</summary>
    BadEntry,
}
