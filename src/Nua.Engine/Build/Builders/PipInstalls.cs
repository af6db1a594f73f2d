using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Nua.Core.Detecting;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>What pip is going to install, and which files it needs to see for it.</summary>
internal sealed partial record PipInstalls
{
    private const string RequirementsFile = "requirements.txt";

    /// <summary>A folder of wheels beside the source: then pip looks nowhere else.</summary>
    private const string WheelsFolder = "wheels";

    /// <summary>Everything but the project itself, as arguments of <c>pip install</c>.</summary>
    public IReadOnlyList<string> Dependencies { get; private init; } = [];

    /// <summary>The files that the dependencies need; when they change, and only then, dependencies are installed again.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>Whether the dependencies lie in the source itself, so that any change of it may concern them.</summary>
    public bool DependOnSource { get; private init; }

    /// <summary>Whether the project is a package to install.</summary>
    public bool Project { get; private init; }

    /// <summary>The distribution's package of the project's build backend; <see langword="null"/>: pip has to fetch the backend.</summary>
    public IReadOnlyList<string>? Backend { get; private init; }

    public bool FromWheelsFolder { get; private init; }

    /// <summary>Whether anything has to be installed or built at all.</summary>
    public bool NeedsStage { get; private init; }

    public static PipInstalls Of(BuildInput input)
    {
        var asked = input.Build.PipInstall.SelectMany(entry => Expand(input, entry)).ToList();

        // The package's own commands take the place of all that is automatic.
        return input.Build.Commands.Count > 0
            ? new PipInstalls { NeedsStage = true }.With(input, asked)
            : Automatic(input, asked);
    }

    private static PipInstalls Automatic(BuildInput input, List<string> asked)
    {
        var requirements = Requirements.Read(input.Project, RequirementsFile);
        var wheels = asked.Count == 0 && requirements.Files.Count == 0 ? Wheels(input) : [];
        var project = IsInstallable(input);
        var found = new PipInstalls
        {
            Dependencies = requirements.Files.Count == 0 ? [] : ["-r", RequirementsFile],
            Files = requirements.Files,
            DependOnSource = requirements.DependOnSource,
            Project = project,
            Backend = project ? BackendOf(input) : null,
        };
        var all = found.With(input, [.. wheels, .. asked]);
        return all with { NeedsStage = project || all.Dependencies.Count > 0 };
    }

    private PipInstalls With(BuildInput input, IReadOnlyList<string> more) => this with
    {
        Dependencies = [.. Dependencies, .. more.Select(word => input.Project.Has(word) ? $"./{word}" : word)],
        Files = [.. Files, .. more.Where(input.Project.Has)],
        FromWheelsFolder = input.Project.HasFolder(WheelsFolder),
    };

    public Decision Explain()
    {
        var parts = Dependencies.Count == 0 ? [] : new List<string> { $"pip install {ShellText.Join(Dependencies)}" };
        if (Project)
        {
            parts.Add("pip install .");
        }

        return parts.Count == 0
            ? new Decision("Python packages", "the distribution's only", "nothing asks for others")
            : new Decision(
                "Python packages",
                string.Join(" ; ", parts),
                FromWheelsFolder ? $"from the folder {WheelsFolder}, and nowhere else" : "those the distribution's packages do not satisfy");
    }

    private static IReadOnlyList<string> Wheels(BuildInput input) => input.Detected(Languages.PythonWheels)?.DecidingFiles ?? [];

    private static IEnumerable<string> Expand(BuildInput input, string entry)
    {
        if (DirectOrConditional.IsMatch(entry))
        {
            return [entry.Trim()];
        }

        // What belongs to one requirement becomes one word.
        var tight = Comparison.Replace(entry, "${sign}");
        return tight.Contains('*') && !Comparison.IsMatch(tight)
            ? Match(input, entry)
            : tight.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    private static List<string> Match(BuildInput input, string pattern)
    {
        var matches = input.Project.Files.Where(path => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)).ToList();
        return matches.Count > 0 ? matches : throw new NuaException(BuildProblems.NoMatch(pattern));
    }

    // A pyproject.toml is there for other tools as often as not.
    private static bool IsInstallable(BuildInput input) =>
        input.Project.Has("setup.py") || ProjectTable.IsMatch(input.Project.Read("pyproject.toml") ?? "");

    private static string[]? BackendOf(BuildInput input)
    {
        var pyproject = input.Project.Read("pyproject.toml") ?? "";
        var backend = BackendKey.Match(pyproject) is { Success: true } match ? match.Groups["name"].Value : "setuptools.build_meta";
        return backend.Split('.', ':')[0] switch
        {
            "setuptools" => ["python3-setuptools", "python3-wheel"],
            "poetry" => ["python3-poetry-core"],
            "hatchling" => ["python3-hatchling"],
            "flit_core" => ["flit"],
            _ => null,
        };
    }

    // name @ https://…, or name; python_version < "3.12"
    [GeneratedRegex(@"^\s*[A-Za-z0-9][\w.\[\],-]*[^;@]*(?:\s@\s|;)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DirectOrConditional { get; }

    [GeneratedRegex(@"\s*(?<sign>===|==|~=|!=|<=|>=|<|>)\s*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison { get; }

    [GeneratedRegex(@"^\[(?:project|build-system|tool\.poetry)\]", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectTable { get; }

    [GeneratedRegex("""^build-backend\s{0,8}=\s{0,8}["'](?<name>[\w.:]{1,80})["']""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BackendKey { get; }
}
