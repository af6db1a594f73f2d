using Nua.Api;

namespace Nua.Cli.Targets;

/// <summary>Finds the folder of a package.</summary>
internal static class PackageRoot
{
    private static readonly string[] Extensions = ["json", "toml", "yaml", "yml"];

    /// <param name="path">A folder, or a nua-config in it.</param>
    /// <exception cref="ApiException"><c>cli.no-such-target</c>, <c>cli.no-package</c></exception>
    public static string Find(string path)
    {
        var folder = File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : Path.GetFullPath(path);
        if (!Directory.Exists(folder))
        {
            throw new ApiException(CliProblems.NoSuchTarget(path));
        }

        return HasConfig(folder) || HasConfig(Path.Combine(folder, "nua")) || HasConfig(Path.Combine(folder, "nua", "metadata"))
            ? folder
            : throw new ApiException(CliProblems.NoPackage(folder));
    }

    private static bool HasConfig(string folder) =>
        Extensions.Any(extension => File.Exists(Path.Combine(folder, $"nua-config.{extension}")));
}
