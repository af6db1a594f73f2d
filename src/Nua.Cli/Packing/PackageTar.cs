using System.Formats.Tar;
using Nua.Api;

namespace Nua.Cli.Packing;

/// <summary>Writes a package's folder as tar: the same bytes for the same files.</summary>
internal static class PackageTar
{
    public static async Task WriteAsync(PackageFolder folder, Stream output, CancellationToken cancellation)
    {
        await using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var entry in folder.Entries)
        {
            var packed = Describe(entry);
            // A pipe or a socket has no size either; nobody must wait until something comes out of it.
            if (entry.SizeBytes > 0)
            {
                await using var content = Open(folder, entry);
                packed.DataStream = content;
                await tar.WriteEntryAsync(packed, cancellation);
            }
            else
            {
                await tar.WriteEntryAsync(packed, cancellation);
            }
        }
    }

    // It may have gone since the folder was listed.
    private static FileStream Open(PackageFolder folder, PackageEntry entry)
    {
        try
        {
            return File.OpenRead(Path.Combine(folder.Root, entry.Path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.Unreadable(entry.Path, failure.Message), failure);
        }
    }

    /// <summary>Owners stay out, and fractions of seconds: they differ from one clone to the next.</summary>
    private static PaxTarEntry Describe(PackageEntry entry)
    {
        var packed = new PaxTarEntry(
            entry.Kind switch
            {
                EntryKind.Folder => TarEntryType.Directory,
                EntryKind.Link => TarEntryType.SymbolicLink,
                _ => TarEntryType.RegularFile,
            },
            entry.Path)
        {
            Mode = entry.Mode,
            ModificationTime = DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset(entry.ChangedAt).ToUnixTimeSeconds()),
        };
        if (entry.LinkTarget is { } target)
        {
            packed.LinkName = target;
        }

        return packed;
    }
}
