using System.Formats.Tar;

namespace Nua.Engine.Images.Archives;

/// <summary>Where the files of a tar archive are in it: any of them is read without what lies before it.</summary>
internal sealed class ArchiveFiles
{
    /// <summary>Images have some dozen layers.</summary>
    private const int MostEntries = 100_000;

    /// <summary>Descriptions are far smaller; layers are not read.</summary>
    private const long MostBytes = 8 << 20;

    // Docker before 25 saved a layer that comes again as a link to the first.
    private const int MostLinks = 3;

    private readonly Stream _archive;
    private readonly Dictionary<string, (long Offset, long Length)> _files = [];
    private readonly Dictionary<string, string> _links = [];

    private ArchiveFiles(Stream archive) => _archive = archive;

    /// <exception cref="InvalidDataException">It is no tar archive, or not all of one.</exception>
    public static async Task<ArchiveFiles> ListAsync(Stream archive, CancellationToken cancellation)
    {
        var files = new ArchiveFiles(archive);
        archive.Seek(0, SeekOrigin.Begin);
        await using var reader = new TarReader(archive, leaveOpen: true);
        try
        {
            for (var entries = 1; await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry; entries++)
            {
                files.Add(entry, entries);
            }
        }
        catch (Exception broken) when (TarFaults.IsOfHeader(broken))
        {
            throw new InvalidDataException(broken.Message, broken);
        }

        return files;
    }

    public bool Has(string name) => Find(name) is not null;

    /// <exception cref="InvalidDataException">It is not there, or too large to be a description.</exception>
    public byte[] Read(string name)
    {
        if (Find(name) is not { } place || place.Length > MostBytes)
        {
            throw new InvalidDataException($"'{name}' is not in it");
        }

        var content = new byte[place.Length];
        _archive.Seek(place.Offset, SeekOrigin.Begin);
        _archive.ReadExactly(content);
        return content;
    }

    /// <summary>A file's content as a stream, to be read before another is opened.</summary>
    public Stream Open(string name)
    {
        var place = Find(name) ?? throw new InvalidDataException($"'{name}' is not in it");
        return new StreamPart(_archive, place.Offset, place.Length);
    }

    private (long Offset, long Length)? Find(string name)
    {
        for (var links = 0; links <= MostLinks; links++)
        {
            if (_files.TryGetValue(name, out var place))
            {
                return place;
            }

            if (!_links.TryGetValue(name, out name!))
            {
                break;
            }
        }

        return null;
    }

    private void Add(TarEntry entry, int number)
    {
        if (number > MostEntries)
        {
            throw new InvalidDataException($"it has more than {MostEntries} files");
        }

        if (entry.DataOffset + entry.Length > _archive.Length)
        {
            throw new InvalidDataException("it ends too early");
        }

        var name = Clean(entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                _files[name] = (entry.DataOffset, entry.Length);
                break;
            case TarEntryType.SymbolicLink:
                _links[name] = Clean($"{Path.GetDirectoryName(name)}/{entry.LinkName}");
                break;
            case TarEntryType.HardLink:
                _links[name] = Clean(entry.LinkName);
                break;
        }
    }

    // A path in the archive; nothing is ever written to one.
    private static string Clean(string path) => Path.GetFullPath(path, "/")[1..];
}
