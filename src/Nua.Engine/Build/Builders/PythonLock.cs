using System.Text.RegularExpressions;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// A lock file of poetry, uv or pipenv. None of these is needed: a script says what the lock pins for the image's own Python,
/// and pip installs just that, compared with the hashes of the lock.
/// </summary>
/// <param name="File">Its name.</param>
/// <param name="DependsOnSource">It pins something that lies in the source itself.</param>
internal sealed partial record PythonLock(string File, bool DependsOnSource)
{
    /// <summary>Where the context has the script that reads it.</summary>
    public const string ContextScript = $"nua/{Script}";

    private const string Script = "locked_requirements.py";

    private const string Folder = "/tmp/locked";

    private static readonly string[] Names = ["poetry.lock", "uv.lock", "Pipfile.lock"];

    public static PythonLock? In(SourceFolder project) =>
        Names.FirstOrDefault(project.Has) is { } file ? new PythonLock(file, InSource.IsMatch(project.Read(file) ?? "")) : null;

    /// <summary>What it and the script that reads it need to be seen.</summary>
    public IEnumerable<string> FilesIn(SourceFolder project) => new[] { File, "pyproject.toml" }.Where(project.Has);

    /// <summary>The text of the script.</summary>
    public static string ScriptText()
    {
        using var stream = typeof(PythonLock).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <param name="text">The Dockerfile.</param>
    /// <param name="python">The interpreter that has pip.</param>
    /// <param name="install">Begins a line that installs.</param>
    /// <param name="mounts">What it is lent.</param>
    public void Install(DockerfileText text, string python, string install, IReadOnlyList<string> mounts) => text
        .Copy(ContextScript, $"/tmp/{Script}")
        .Run(
            $"{python} /tmp/{Script} {File} {Folder}"
            + $" && {install} --no-deps --require-hashes -r {Folder}/hashed.txt"
            + $" && {install} --no-deps -r {Folder}/unhashed.txt",
            mounts);

    // poetry, uv and pipenv, one after the other.
    [GeneratedRegex(
        """^type = "(?:file|directory)"|source = \{ (?:editable|directory|path) = "(?!\.")|^\s+"(?:path|file)": "(?!\w+://)""",
        RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InSource { get; }
}
