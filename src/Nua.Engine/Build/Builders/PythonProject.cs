using System.Text.RegularExpressions;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Builders;

/// <summary>Whether a Python project is itself a package to install, and with what.</summary>
internal static partial class PythonProject
{
    private const string FileName = "pyproject.toml";

    // A pyproject.toml is there for other tools as often as not.
    public static bool IsPackage(SourceFolder project, PythonLock? pinned)
    {
        var text = project.Read(FileName) ?? "";
        return project.Has("setup.py") || (DescribesPackage.IsMatch(text) && !Declines.IsMatch(text) && HasContent(project, text, pinned));
    }

    /// <summary>The distribution's packages of its build backend; <see langword="null"/>: pip has to fetch the backend.</summary>
    public static IReadOnlyList<string>? BackendOf(SourceFolder project)
    {
        var backend = BackendKey.Match(project.Read(FileName) ?? "") is { Success: true } match ? match.Groups["name"].Value : "setuptools.build_meta";
        return backend.Split('.', ':')[0] switch
        {
            "setuptools" => ["python3-setuptools", "python3-wheel"],
            "poetry" => ["python3-poetry-core"],
            "hatchling" => ["python3-hatchling"],
            "flit_core" => ["flit"],
            _ => null,
        };
    }

    // With a lock, the project's own files may be all there is to it: uv and poetry then install the rest and leave it where it is.
    private static bool HasContent(SourceFolder project, string text, PythonLock? pinned) => pinned?.File switch
    {
        null => true,
        "poetry.lock" => Includes.IsMatch(text) || ModuleOf(text) is not { } module || Holds(project, module) || Holds(project, $"src/{module}"),
        _ => text.Contains("[build-system]", StringComparison.Ordinal),
    };

    private static bool Holds(SourceFolder project, string module) => project.HasFolder(module) || project.Has($"{module}.py");

    private static string? ModuleOf(string text) =>
        NameKey.Match(text) is { Success: true } match ? match.Groups["name"].Value.Replace('-', '_').Replace('.', '_') : null;

    [GeneratedRegex(@"^\[(?:project|build-system|tool\.poetry)\]", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DescribesPackage { get; }

    // poetry's word for it, and uv's.
    [GeneratedRegex(@"^package(?:-mode)?\s{0,8}=\s{0,8}false", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declines { get; }

    [GeneratedRegex(@"^packages\s{0,8}=", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Includes { get; }

    [GeneratedRegex("""^name\s{0,8}=\s{0,8}["'](?<name>[\w.-]{1,80})["']""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameKey { get; }

    [GeneratedRegex("""^build-backend\s{0,8}=\s{0,8}["'](?<name>[\w.:]{1,80})["']""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BackendKey { get; }
}
