namespace Nua.Core.Detecting;

/// <summary>A Python source tree: <c>requirements.txt</c>, <c>pyproject.toml</c>, <c>Pipfile</c> or <c>setup.py</c>.</summary>
internal sealed class PythonSource : IDetectionRule
{
    /// <summary>Where an application object or a main program is looked for, best first.</summary>
    public static readonly IReadOnlyList<string> Modules =
        ["app.py", "main.py", "wsgi.py", "asgi.py", "server.py", "application.py", "run.py"];

    private static readonly string[] Manifests = ["requirements.txt", "pyproject.toml", "Pipfile", "setup.py"];

    public Detection? Apply(SourceTree tree)
    {
        var manifests = tree.Existing(Manifests);
        if (manifests.Count == 0)
        {
            return null;
        }

        var start = PythonWeb.Django(tree, manifests) ?? PythonWeb.Application(tree, manifests) ?? Script(tree);
        return start is null
            ? new Detection(Languages.PythonSource, $"{manifests[0]} describes a Python project", manifests)
            : new Detection(
                Languages.PythonSource,
                $"{manifests[0]} describes a Python project; {start.Because}",
                [.. manifests, .. start.Files.Except(manifests)],
                start.Command,
                start.Port);
    }

    private static PythonStart? Script(SourceTree tree) => tree.FirstExisting(Modules) is { } file
        ? new PythonStart($"python {file}", null, $"{file} looks like its main program", [file])
        : null;
}

/// <param name="Command">A shell line.</param>
/// <param name="Port">Where it listens; <see langword="null"/>: unknown.</param>
/// <param name="Because">One clause for a reader.</param>
/// <param name="Files">What decided it.</param>
internal sealed record PythonStart(string Command, int? Port, string Because, IReadOnlyList<string> Files);
