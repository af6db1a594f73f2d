using System.IO.Compression;

namespace Nua.Engine.Build.Sources;

/// <summary>Reads a zip file into a folder, with the permissions and links that Unix programs write into one.</summary>
public static class ZipReading
{
    /// <summary>What an entry's line in the table of contents has on average, at the most.</summary>
    private const long TableBytesPerEntry = 128;

    private const int LongestTarget = 4095;
    private const int UnixAttributes = 16;
    private const int Permissions = 0x1FF;
    private const int KindMask = 0xF000;
    private const int KindFile = 0x8000;
    private const int KindFolder = 0x4000;
    private const int KindLink = 0xA000;
    private const UnixFileMode Usual =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Reads it; the folder is not closed.</summary>
    /// <exception cref="UnpackingException">It is not unpacked, and why.</exception>
    public static async Task RunAsync(Stream file, UnpackedFolder folder, CancellationToken cancellation)
    {
        // Its table of contents is read at once, whatever it has.
        await using var bounded = new BoundedStream(file, folder.Limits.Entries * TableBytesPerEntry);
        try
        {
            await using var zip = await ZipArchive.CreateAsync(
                bounded, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellation);
            var entries = zip.Entries;
            bounded.Left = long.MaxValue;
            foreach (var entry in entries)
            {
                await TakeAsync(entry, folder, cancellation);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw new UnpackingException(UnpackingFault.NoArchive, "", broken.Message, broken);
        }
    }

    private static async Task TakeAsync(ZipArchiveEntry entry, UnpackedFolder folder, CancellationToken cancellation)
    {
        if (entry.IsEncrypted)
        {
            throw new UnpackingException(UnpackingFault.BadEntry, entry.FullName, "it is encrypted");
        }

        // Where the archive's maker knew nothing of Unix, the kind is 0.
        var attributes = entry.ExternalAttributes >>> UnixAttributes;
        switch (attributes & KindMask)
        {
            case KindFolder:
            case 0 or KindFile when entry.FullName.EndsWith('/'):
                folder.AddFolder(entry.FullName);
                break;
            case KindLink:
                folder.AddLink(entry.FullName, await TargetOfAsync(entry, cancellation));
                break;
            case 0 or KindFile:
                await AddFileAsync(entry, attributes == 0 ? Usual : (UnixFileMode)(attributes & Permissions), folder, cancellation);
                break;
            default:
                throw new UnpackingException(UnpackingFault.BadEntry, entry.FullName, "it is neither a file, nor a folder, nor a link");
        }
    }

    private static async Task AddFileAsync(ZipArchiveEntry entry, UnixFileMode mode, UnpackedFolder folder, CancellationToken cancellation)
    {
        await using var content = await entry.OpenAsync(cancellation);
        await folder.AddFileAsync(
            new FileEntry(entry.FullName, mode, entry.LastWriteTime, entry.Length, entry.Crc32), content, cancellation);
    }

    private static async Task<string> TargetOfAsync(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        if (entry.Length > LongestTarget)
        {
            throw new UnpackingException(UnpackingFault.BadEntry, entry.FullName, "its name is too long");
        }

        await using var content = await entry.OpenAsync(cancellation);
        await using var bounded = new BoundedStream(content, LongestTarget);
        using var text = new StreamReader(bounded);
        return await text.ReadToEndAsync(cancellation);
    }
}
