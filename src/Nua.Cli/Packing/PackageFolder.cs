using Nua.Api;
using Nua.Core.Ignoring;

namespace Nua.Cli.Packing;

/// <summary>What of a folder goes to the server: its files in a fixed order, so that equal folders make equal packs.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Entries">By path.</param>
/// <param name="LeftOut">Sentences about what could not be taken along.</param>
internal sealed record PackageFolder(string Root, IReadOnlyList<PackageEntry> Entries, IReadOnlyList<string> LeftOut)
{
    public int Files => Entries.Count(entry => entry.Kind is EntryKind.File);

    /// <summary>Of its files, links among them.</summary>
    public IReadOnlyList<string> Paths => [.. Entries.Where(entry => entry.Kind is not EntryKind.Folder).Select(entry => entry.Path)];

    public long SizeBytes => Entries.Sum(entry => entry.SizeBytes);

    /// <summary>Lists a folder, without what <c>.dockerignore</c> and Nua's own rules leave out.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="byDockerfile">Whether its own Dockerfile builds it, and may want what others never do.</param>
    /// <exception cref="ApiException"><c>cli.unreadable</c></exception>
    public static PackageFolder List(string root, bool byDockerfile = false)
    {
        var listing = new Listing(Path.GetFullPath(root), byDockerfile);
        listing.Add(new DirectoryInfo(listing.Root));
        return new PackageFolder(
            listing.Root, [.. listing.Entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)], listing.LeftOut);
    }

    private sealed class Listing(string root, bool byDockerfile)
    {
        /// <summary>Asked for a link's permissions, the system tells those of what it leads to.</summary>
        private const UnixFileMode Everything = (UnixFileMode)0b111_111_111;

        private readonly IgnorePatterns _patterns = PatternsOf(root, byDockerfile);

        public string Root => root;

        public List<PackageEntry> Entries { get; } = [];

        public List<string> LeftOut { get; } = [];

        public void Add(DirectoryInfo folder)
        {
            foreach (var item in ItemsOf(folder))
            {
                var path = Path.GetRelativePath(root, item.FullName);
                var ignored = _patterns.Exclude(path);
                if (!ignored)
                {
                    Add(item, path);
                }

                if (item is DirectoryInfo { LinkTarget: null } inner && (!ignored || _patterns.MayTakeBackBelow(path)))
                {
                    Add(inner);
                }
            }
        }

        private FileSystemInfo[] ItemsOf(DirectoryInfo folder)
        {
            try
            {
                return folder.GetFileSystemInfos();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new ApiException(CliProblems.Unreadable(Path.GetRelativePath(root, folder.FullName), failure.Message), failure);
            }
        }

        private void Add(FileSystemInfo item, string path)
        {
            if (item.LinkTarget is { } target && LeadsOutside(item, target))
            {
                LeftOut.Add($"'{path}' is left out: it is a link to '{target}', outside the folder.");
                return;
            }

            var kind = item switch
            {
                { LinkTarget: not null } => EntryKind.Link,
                DirectoryInfo => EntryKind.Folder,
                _ => EntryKind.File,
            };
            var size = kind is EntryKind.File ? ((FileInfo)item).Length : 0;
            var mode = kind is EntryKind.Link ? Everything : item.UnixFileMode;
            Entries.Add(new PackageEntry(path, kind, size, mode, item.LastWriteTimeUtc, item.LinkTarget));
        }

        private bool LeadsOutside(FileSystemInfo link, string target)
        {
            var end = Path.GetFullPath(target, Path.GetDirectoryName(link.FullName)!);
            return Path.IsPathRooted(target) || !(end + '/').StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal);
        }

        private static IgnorePatterns PatternsOf(string root, bool byDockerfile)
        {
            var file = Path.Combine(root, IgnorePatterns.File);
            return IgnoreRules.ParseForSending(File.Exists(file) ? File.ReadAllText(file) : "", byDockerfile);
        }
    }
}

/// <summary>One file, folder or link of a package.</summary>
internal sealed record PackageEntry(
    string Path, EntryKind Kind, long SizeBytes, UnixFileMode Mode, DateTime ChangedAt, string? LinkTarget);

internal enum EntryKind
{
    File,
    Folder,
    Link,
}
