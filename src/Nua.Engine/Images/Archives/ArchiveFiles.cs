using System.Formats.Tar;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Images.Archives;

/// <summary>Where the files of a tar archive are in it: any of them is read without what lies before it.</summary>
internal sealed class ArchiveFiles
{
    /// <summary>A tar archive consists of blocks of that many bytes (POSIX.1-2017, pax).</summary>
    private const int Block = 512;

    /// <summary>Descriptions are far smaller; layers are not read.</summary>
    private const long MostBytes = 8 << 20;

    private readonly Stream _archive;
    private readonly Dictionary<string, (long Offset, long Length)> _files = [];

    private ArchiveFiles(Stream archive) => _archive = archive;

    /// <summary>Where the last file ends.</summary>
    public long End { get; private set; }

    /// <exception cref="InvalidDataException">It is no tar archive, or not all of one.</exception>
    public static async Task<ArchiveFiles> ListAsync(Stream archive, CancellationToken cancellation)
    {
        var files = new ArchiveFiles(archive);
        archive.Seek(0, SeekOrigin.Begin);
        await using var reader = new TarReader(archive, leaveOpen: true);
        try
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                files.Add(entry);
            }
        }
        catch (Exception broken) when (TarReading.IsOfHeader(broken))
        {
            throw new InvalidDataException(broken.Message, broken);
        }

        return files;
    }

    public bool Has(string name) => _files.ContainsKey(name);

    /// <exception cref="InvalidDataException">It is not there, or too large to be a description.</exception>
    public byte[] Read(string name)
    {
        if (!_files.TryGetValue(name, out var place) || place.Length > MostBytes)
        {
            throw new InvalidDataException($"'{name}' is not in it");
        }

        var content = new byte[place.Length];
        _archive.Seek(place.Offset, SeekOrigin.Begin);
        _archive.ReadExactly(content);
        return content;
    }

    private void Add(TarEntry entry)
    {
        if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
        {
            _files[entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name] = (entry.DataOffset, entry.Length);
        }

        var end = entry.DataOffset + entry.Length;
        End = end + ((Block - (end % Block)) % Block);
        if (End > _archive.Length)
        {
            throw new EndOfStreamException("it ends too early");
        }
    }
}
