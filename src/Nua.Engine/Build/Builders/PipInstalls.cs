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

    /// <summary>What pins the dependencies, where it is not the requirements themselves.</summary>
    public PythonLock? Lock { get; private init; }

    /// <summary>Everything but the project itself and what a lock pins, as arguments of <c>pip install</c>.</summary>
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
        return input.ByCommands
            ? new PipInstalls { NeedsStage = true }.With(input, asked)
            : Automatic(input, asked);
    }

    private static PipInstalls Automatic(BuildInput input, List<string> asked)
    {
        var found = Pinned(input);
        var project = PythonProject.IsPackage(input.Project, found.Lock);
        var wheels = asked.Count == 0 && found.Files.Count == 0 ? Wheels(input) : [];
        var all = (found with
        {
            Project = project,
            Backend = project ? PythonProject.BackendOf(input.Project) : null,
        }).With(input, [.. wheels, .. asked]);
        return all with { NeedsStage = project || all.Lock is not null || all.Dependencies.Count > 0 };
    }

    /// <summary>What the requirements name; or else what a lock pins.</summary>
    private static PipInstalls Pinned(BuildInput input)
    {
        var requirements = Requirements.Read(input.Project, RequirementsFile);
        if (requirements.Files.Count > 0)
        {
            return new PipInstalls
            {
                Dependencies = ["-r", RequirementsFile],
                Files = requirements.Files,
                DependOnSource = requirements.DependOnSource,
            };
        }

        return PythonLock.In(input.Project) is { } pins
            ? new PipInstalls { Lock = pins, Files = [.. pins.FilesIn(input.Project)], DependOnSource = pins.DependsOnSource }
            : new PipInstalls();
    }

    private PipInstalls With(BuildInput input, IReadOnlyList<string> more) => this with
    {
        Dependencies = [.. Dependencies, .. more.Select(word => input.Project.Has(word) ? $"./{word}" : word)],
        Files = [.. Files, .. more.Where(input.Project.Has)],
        FromWheelsFolder = input.Project.HasFolder(WheelsFolder),
    };

    public Decision Explain()
    {
        var parts = new List<string>();
        if (Lock is not null)
        {
            parts.Add($"pip install what {Lock.File} pins");
        }

        if (Dependencies.Count > 0)
        {
            parts.Add($"pip install {ShellText.Join(Dependencies)}");
        }

        if (Project)
        {
            parts.Add("pip install .");
        }

        return parts.Count == 0
            ? new Decision("Python packages", "the distribution's only", "nothing asks for others")
            : new Decision(
                "Python packages",
                string.Join(" ; ", parts),
                this switch
                {
                    { FromWheelsFolder: true } => $"from the folder {WheelsFolder}, and nowhere else",
                    { Lock: not null } => "each is compared with its hash",
                    _ => "those the distribution's packages do not satisfy",
                });
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

    // name @ https://…, or name; python_version < "3.12"
    [GeneratedRegex(@"^\s*[A-Za-z0-9][\w.\[\],-]*[^;@]*(?:\s@\s|;)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DirectOrConditional { get; }

    [GeneratedRegex(@"\s*(?<sign>===|==|~=|!=|<=|>=|<|>)\s*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison { get; }
}
