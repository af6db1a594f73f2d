using System.IO.Enumeration;

namespace Nua.Agent.Sbom;

/// <summary>All files of an image, whatever is in them. Links are not followed: what they lead to is found where it is.</summary>
internal static class ImageWalk
{
    /// <summary>Folders of the kernel, and those that a container gets from outside.</summary>
    private static readonly string[] Foreign = ["/proc", "/sys", "/dev", "/run"];

    /// <summary>Folders with thousands of files that never say what is installed.</summary>
    private static readonly string[] Fruitless = ["/usr/share/doc", "/usr/share/i18n", "/usr/share/locale", "/usr/share/man", "/usr/share/zoneinfo"];

    /// <param name="root">The folder that is the image's root.</param>
    public static IEnumerable<ImageFile> FilesOf(string root)
    {
        root = Path.GetFullPath(root).TrimEnd('/');
        var left = Foreign.Concat(Fruitless).Select(folder => root + folder).ToHashSet(StringComparer.Ordinal);
        var deepest = left.Max(folder => folder.Length);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        return new FileSystemEnumerable<ImageFile>(
            root.Length == 0 ? "/" : root, (ref entry) => new ImageFile(root, entry.ToFullPath()[root.Length..]), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) =>
                entry.Directory.Length + entry.FileName.Length >= deepest || !left.Contains(entry.ToFullPath()),
        };
    }
}
