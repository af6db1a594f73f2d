namespace Nua.Core.Detecting;

/// <summary>What a source folder is, as far as its files tell.</summary>
/// <param name="Language">One of <see cref="Languages"/>.</param>
/// <param name="Because">One clause for a reader: why these files decided it.</param>
/// <param name="DecidingFiles">The files that decided, relative to the folder, the weightiest first.</param>
/// <param name="SuggestedStart">A command that should start the application; absent when nothing suggests one.</param>
/// <param name="SuggestedPort">The port <paramref name="SuggestedStart"/> listens on; absent when unknown.</param>
/// <param name="DocumentRoot">For a site, static or of PHP pages: the folder that is served, <c>.</c> for the source folder itself.</param>
public sealed record Detection(
    string Language,
    string Because,
    IReadOnlyList<string> DecidingFiles,
    string? SuggestedStart = null,
    int? SuggestedPort = null,
    string? DocumentRoot = null);

/// <summary>The languages that can be detected.</summary>
public static class Languages
{
    /// <summary>The folder brings its own Dockerfile.</summary>
    public const string Dockerfile = "dockerfile";

    /// <summary>A Python source tree: <c>requirements.txt</c>, <c>pyproject.toml</c> or <c>setup.py</c>.</summary>
    public const string PythonSource = "python-source";

    /// <summary>A PHP application: <c>composer.json</c>, or pages.</summary>
    public const string Php = "php";

    /// <summary>A Ruby application: <c>Gemfile</c> or <c>config.ru</c>.</summary>
    public const string Ruby = "ruby";

    /// <summary>A .NET program: a project, a solution, or a file of C#.</summary>
    public const string DotNet = "dotnet";

    /// <summary>An npm package: <c>package.json</c>.</summary>
    public const string Node = "node";

    /// <summary>Python wheels without their source.</summary>
    public const string PythonWheels = "python-wheels";

    /// <summary>Files to serve as they are.</summary>
    public const string Static = "static";
}
