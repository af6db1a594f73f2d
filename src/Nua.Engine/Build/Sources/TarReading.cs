using System.Formats.Tar;
using Nua.Engine.Images.Archives;

namespace Nua.Engine.Build.Sources;

/// <summary>Reads a tar stream into a folder.</summary>
public static class TarReading
{
    /// <summary>Reads it to its end; the folder is not closed.</summary>
    /// <exception cref="UnpackingException">It is not unpacked, and why.</exception>
    public static async Task RunAsync(Stream tar, UnpackedFolder folder, CancellationToken cancellation)
    {
        await using var bounded = new BoundedStream(tar, folder.Limits.StreamBytes);
        await using var reader = new TarReader(bounded, leaveOpen: true);
        try
        {
            while (await NextAsync(reader, cancellation) is { } entry)
            {
                await TakeAsync(entry, folder, cancellation);
            }

            // The padding belongs to what is hashed, and is bounded too.
            await bounded.CopyToAsync(Stream.Null, cancellation);
        }
        catch (Exception broken) when (TarFaults.IsOfContent(broken))
        {
            throw new UnpackingException(UnpackingFault.NoArchive, "", broken.Message, broken);
        }
    }

    private static async Task<TarEntry?> NextAsync(TarReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.GetNextEntryAsync(copyData: false, cancellation);
        }
        catch (Exception broken) when (TarFaults.IsOfHeader(broken))
        {
            throw new UnpackingException(UnpackingFault.NoArchive, "", broken.Message, broken);
        }
    }

    private static async Task TakeAsync(TarEntry entry, UnpackedFolder folder, CancellationToken cancellation)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                folder.AddFolder(entry.Name);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                var file = new FileEntry(entry.Name, entry.Mode, entry.ModificationTime, entry.Length);
                await folder.AddFileAsync(file, entry.DataStream ?? Stream.Null, cancellation);
                break;
            case TarEntryType.SymbolicLink:
                folder.AddLink(entry.Name, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                await folder.AddSecondNameAsync(entry.Name, entry.LinkName, cancellation);
                break;
            case TarEntryType.GlobalExtendedAttributes:
                break;
            default:
                throw new UnpackingException(UnpackingFault.BadEntry, entry.Name, $"it is a {entry.EntryType}");
        }
    }
}
