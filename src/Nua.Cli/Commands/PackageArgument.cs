using System.CommandLine;

namespace Nua.Cli.Commands;

/// <summary>The <c>PATH</c> of commands that look at a package here, without the server.</summary>
internal static class PackageArgument
{
    public static Argument<string> Create() => new("path")
    {
        Description = "A folder with a nua-config, or the file itself. This folder when nothing is said.",
        DefaultValueFactory = _ => ".",
    };

    /// <summary>A path as somebody in this folder would write it.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
