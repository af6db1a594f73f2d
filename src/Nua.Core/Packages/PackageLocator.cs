using Nua.Core.Packages.Reading;
using Nua.Core.Problems;

namespace Nua.Core.Packages;

/// <summary>A config on disk and the project it belongs to.</summary>
/// <param name="Path">The nua-config file.</param>
/// <param name="Root">The project's folder: what is built.</param>
/// <param name="NuaFolder">The project's <c>nua</c> folder (Dockerfile, scripts, templates); <see langword="null"/> when it has none.</param>
public sealed record PackageFile(string Path, string Root, string? NuaFolder)
{
    /// <exception cref="NuaException"><c>package.no-such-file</c>, <c>package.unreachable</c>, <c>package.too-large</c></exception>
    public string ReadText() => FileText.Read(Path);
}

/// <summary>
/// Finds the nua-config file of a project: in its folder, then in <c>nua</c>, then in <c>nua/metadata</c>; in each
/// <c>.json</c> before <c>.toml</c> before <c>.yaml</c> before <c>.yml</c>. A file that is named is the one that is loaded.
/// </summary>
public static class PackageLocator
{
    private const string BaseName = "nua-config";

    private const string NuaFolder = "nua";

    private const string MetadataFolder = "metadata";

    /// <param name="path">A project's folder, one of its <c>nua</c> folders, or a nua-config file.</param>
    /// <exception cref="NuaException"><c>package.not-found</c>, <c>package.no-such-file</c></exception>
    public static PackageFile Find(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return Describe(full, RootOf(Path.GetDirectoryName(full)!));
        }

        if (!Directory.Exists(full))
        {
            throw new NuaException(PackageProblems.NoSuchFile(path));
        }

        var root = RootOf(Path.TrimEndingDirectorySeparator(full));
        var found = Candidates(root).FirstOrDefault(File.Exists) ?? throw new NuaException(PackageProblems.NotFound(root));
        return Describe(found, root);
    }

    private static IEnumerable<string> Candidates(string root) =>
        from folder in new[] { root, Path.Combine(root, NuaFolder), Path.Combine(root, NuaFolder, MetadataFolder) }
        from extension in Tree.Extensions
        select Path.Combine(folder, BaseName + extension);

    private static PackageFile Describe(string file, string root)
    {
        var nua = Path.Combine(root, NuaFolder);
        return new PackageFile(file, root, Directory.Exists(nua) ? nua : null);
    }

    /// <summary>A folder called <c>nua</c>, or <c>metadata</c> in one, belongs to the project above it.</summary>
    private static string RootOf(string folder)
    {
        if (IsPartOfAProject(folder))
        {
            return Path.GetDirectoryName(folder)!;
        }

        var parent = Path.GetDirectoryName(folder);
        return Path.GetFileName(folder) == MetadataFolder && parent is not null && IsPartOfAProject(parent)
            ? Path.GetDirectoryName(parent)!
            : folder;
    }

    /// <summary>
    /// A project may itself be called <c>nua</c>. Taking the folder above it for the project would build whatever else lies
    /// there, so a <c>nua</c> folder that is a repository or has a <c>nua</c> folder of its own is a project.
    /// </summary>
    private static bool IsPartOfAProject(string folder) =>
        Path.GetFileName(folder) == NuaFolder
        && Path.GetDirectoryName(folder) is not null
        && !Path.Exists(Path.Combine(folder, ".git"))
        && !Directory.Exists(Path.Combine(folder, NuaFolder));
}
