using System.Text.RegularExpressions;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Scripts;

/// <summary>A script of the packager's.</summary>
/// <param name="Path">In the package: <c>nua/build.py</c>, <c>start.sh</c>.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record Script(string Path, string Text)
{
    public bool IsPython => Path.EndsWith(".py", StringComparison.Ordinal);

    /// <summary>Whether it calls the Python package, by importing it or through the agent.</summary>
    public bool UsesActions => IsPython || Agent.IsMatch(Text);

    /// <summary>Whether it installs Python packages, so that it wants an environment for them.</summary>
    public bool InstallsForPython => UsesActions && PythonInstalls.IsMatch(Text);

    public bool FillsTemplates => UsesActions && Templates.IsMatch(Text);

    public string InImage => $"{ImagePaths.Source}/{Path}";

    /// <summary>
    /// Finds <c>NAME.py</c> or <c>NAME.sh</c>: in the folder <c>nua</c>, or at the root if it is written for Nua. Many a
    /// project has a script of such a name for purposes of its own.
    /// </summary>
    public static Script? Find(SourceFolder root, string name) =>
        Existing(root, $"nua/{name}.py") ?? Existing(root, $"nua/{name}.sh")
        ?? WrittenForNua(root, $"{name}.py") ?? WrittenForNua(root, $"{name}.sh");

    private static Script? Existing(SourceFolder root, string path) =>
        root.Has(path) ? new Script(path, root.Read(path) ?? "") : null;

    private static Script? WrittenForNua(SourceFolder root, string path) =>
        Existing(root, path) is { } script && ForNua.IsMatch(script.Text) ? script : null;

    [GeneratedRegex(@"^\s*(?:from|import)\s+nua\b|nua-agent|/nua/", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex ForNua { get; }

    [GeneratedRegex("nua-agent|-m nua", RegexOptions.NonBacktracking)]
    private static partial Regex Agent { get; }

    [GeneratedRegex("pip[_ -]install|install[_-]pip|poetry|build[_-]python|meta[_-]packages|mariadb[_-]python", RegexOptions.NonBacktracking)]
    private static partial Regex PythonInstalls { get; }

    [GeneratedRegex("jinja2|render[_-]config[_-]templates", RegexOptions.NonBacktracking)]
    private static partial Regex Templates { get; }
}
