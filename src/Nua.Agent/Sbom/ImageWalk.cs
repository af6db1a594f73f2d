using System.IO.Enumeration;

namespace Nua.Agent.Sbom;

/// <summary>All files of an image, whatever is in them. Links are not followed: what they lead to is found where it is.</summary>
internal static class ImageWalk
{
    /// <summary>Folders of the kernel, and those that a container gets from outside.</summary>
    private static readonly string[] Foreign = ["/proc", "/sys", "/dev", "/run"];

    /// <param name="root">The folder that is the image's root.</param>
    public static IEnumerable<ImageFile> FilesOf(string root)
    {
        root = Path.GetFullPath(root).TrimEnd('/');
        var foreign = Foreign.Select(folder => root + folder).ToArray();
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        return new FileSystemEnumerable<ImageFile>(
            root.Length == 0 ? "/" : root, (ref entry) => new ImageFile(root, entry.ToFullPath()[root.Length..]), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) =>
                !entry.Directory.SequenceEqual(entry.OriginalRootDirectory) || !foreign.Contains(entry.ToFullPath()),
        };
    }
}
