namespace Nua.Cli.Packing;

/// <summary>What of a folder goes to the server: its files in a fixed order, so that equal folders make equal packs.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Entries">By path.</param>
/// <param name="LeftOut">Sentences about what could not be taken along.</param>
internal sealed record PackageFolder(string Root, IReadOnlyList<PackageEntry> Entries, IReadOnlyList<string> LeftOut)
{
    public int Files => Entries.Count(entry => entry.Kind is EntryKind.File);

    public long SizeBytes => Entries.Sum(entry => entry.SizeBytes);

    /// <summary>Lists a folder, without what <c>.dockerignore</c> and Nua's own rules leave out.</summary>
    public static PackageFolder List(string root)
    {
        var listing = new Listing(Path.GetFullPath(root));
        listing.Add(new DirectoryInfo(listing.Root));
        return new PackageFolder(
            listing.Root, [.. listing.Entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)], listing.LeftOut);
    }

    private sealed class Listing(string root)
    {
        private readonly IgnoreRules _rules = RulesOf(root);

        public string Root => root;

        public List<PackageEntry> Entries { get; } = [];

        public List<string> LeftOut { get; } = [];

        public void Add(DirectoryInfo folder)
        {
            foreach (var item in folder.EnumerateFileSystemInfos())
            {
                var path = Path.GetRelativePath(root, item.FullName);
                var ignored = _rules.Ignores(path) && !IsOurs(path);
                if (!ignored)
                {
                    Add(item, path);
                }

                if (item is DirectoryInfo { LinkTarget: null } inner && (!ignored || _rules.TakesBack))
                {
                    Add(inner);
                }
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
            Entries.Add(new PackageEntry(path, kind, size, item.UnixFileMode, item.LastWriteTimeUtc, item.LinkTarget));
        }

        private bool LeadsOutside(FileSystemInfo link, string target)
        {
            var end = Path.GetFullPath(target, Path.GetDirectoryName(link.FullName)!);
            return Path.IsPathRooted(target) || !(end + '/').StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal);
        }

        /// <summary>What says how to build is needed to build, whatever the rules say.</summary>
        private static bool IsOurs(string path) =>
            path is ".dockerignore" or "nua"
            || path.StartsWith("nua/", StringComparison.Ordinal)
            || (!path.Contains('/') && path.StartsWith("nua-config.", StringComparison.Ordinal));

        private static IgnoreRules RulesOf(string root)
        {
            var file = Path.Combine(root, ".dockerignore");
            return new IgnoreRules(File.Exists(file) ? File.ReadLines(file) : []);
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
