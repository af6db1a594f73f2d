using System.Text.RegularExpressions;
using Nua.Core.Problems;
using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// The program that installs what a Node.js application depends on: npm, yarn or pnpm. It is there while the image is built;
/// the package's scripts are run by npm, which is in every image.
/// </summary>
internal sealed partial record NodeManager
{
    private const string Npm = "npm";
    private const string Yarn = "yarn";
    private const string Pnpm = "pnpm";

    /// <summary>The registry that npm is told of, by the operator or by the package, for those that do not ask it.</summary>
    private const string Registry = "\"$(npm config get registry)\"";

    private static readonly IReadOnlyDictionary<string, string[]> LockFiles = new OrderedDictionary<string, string[]>
    {
        [Npm] = ["package-lock.json", "npm-shrinkwrap.json"],
        [Yarn] = ["yarn.lock"],
        [Pnpm] = ["pnpm-lock.yaml"],
    };

    /// <summary>npm as the image has it.</summary>
    public static NodeManager OfTheImage { get; } = OfNpm(asked: null, locked: false);

    public required string Name { get; init; }

    /// <summary>What is fetched; <see langword="null"/>: it is in the image.</summary>
    public NodeTool? Tool { get; init; }

    /// <summary>What pins every version; empty: nothing does.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>Installs what the app needs to run, in a shell line.</summary>
    public required string InstallToRun { get; init; }

    /// <summary>Installs what it needs to be built, too.</summary>
    public required string InstallAll { get; init; }

    /// <summary>Of the stages in which it is called.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What decided that it is this program.</summary>
    public string Because { get; init; } = "";

    /// <param name="project">The package.</param>
    /// <param name="packageManager">What <c>package.json</c> has under that name: <c>pnpm@9.1.0</c>, perhaps with a hash.</param>
    public static NodeManager Of(SourceFolder project, string? packageManager)
    {
        var locked = LockFiles.Where(known => known.Value.Any(project.Has)).Select(known => known.Key).ToList();
        var asked = packageManager is null ? null : AskedManager.Of(packageManager);
        var name = NameOf(locked, asked);
        var own = asked?.Name == name && asked.Version is not null ? asked : null;
        string[] locks = [.. LockFiles[name].Where(project.Has)];
        return Make(name, own, project, locks.Length > 0) with
        {
            Locks = locks,
            Because = own is null ? $"{locks.FirstOrDefault("package.json")} is {name}'s" : $"package.json has packageManager = \"{packageManager}\"",
        };
    }

    /// <summary>Whose lock file there is; where there are several, or none, the one that is asked for.</summary>
    private static string NameOf(List<string> locked, AskedManager? asked)
    {
        if (locked.Count == 0 && asked is not null)
        {
            return LockFiles.ContainsKey(asked.Name)
                ? asked.Name
                : throw new NuaException(BuildProblems.UnknownPackageManager(asked.Name, string.Join(", ", LockFiles.Keys)));
        }

        return asked is not null && locked.Contains(asked.Name) ? asked.Name : locked.FirstOrDefault(Npm);
    }

    private static NodeManager Make(string name, AskedManager? asked, SourceFolder project, bool locked) => name switch
    {
        Pnpm => OfPnpm(asked, project.Read("pnpm-lock.yaml"), locked),
        Yarn when IsClassic(asked, project) => OfClassicYarn(asked, locked),
        Yarn => OfYarn(asked, project.Read("yarn.lock"), locked),
        _ => OfNpm(asked, locked),
    };

    private static NodeManager OfNpm(AskedManager? asked, bool locked)
    {
        var verb = locked ? "ci" : "install";
        return new NodeManager
        {
            Name = Npm,
            Tool = asked is { Version: not null } ? NodeTool.Of(Npm, asked) : null,
            InstallToRun = $"npm {verb} --omit=dev --no-audit --no-fund",
            InstallAll = $"npm {verb} --include=dev --no-audit --no-fund",
        };
    }

    private static NodeManager OfPnpm(AskedManager? asked, string? lockText, bool locked)
    {
        var install = $"pnpm install --{(locked ? "" : "no-")}frozen-lockfile --store-dir {ImagePaths.Downloads}/pnpm --registry {Registry}";
        return new NodeManager
        {
            Name = Pnpm,
            Tool = NodeTool.Of(Pnpm, Ask(Pnpm, asked, NodeTool.PnpmFor(LockVersion.Match(lockText ?? "").Groups["version"].Value))),
            InstallToRun = $"{install} --prod",
            InstallAll = $"{install} --prod=false",
        };
    }

    private static NodeManager OfClassicYarn(AskedManager? asked, bool locked)
    {
        // What runs and what builds is installed at the same time, and its cache bears one at a time.
        var install = $"npm_config_registry={Registry} yarn install {(locked ? "--frozen-lockfile" : "--no-lockfile")} --non-interactive"
            + $" --mutex file:{ImagePaths.Downloads}/yarn-mutex";
        return new NodeManager
        {
            Name = Yarn,
            Tool = NodeTool.Of(Yarn, Ask(Yarn, asked, NodeTool.ClassicYarn)),
            InstallToRun = $"{install} --production=true",
            InstallAll = $"{install} --production=false",
            Environment = new Dictionary<string, string> { ["YARN_CACHE_FOLDER"] = $"{ImagePaths.Downloads}/yarn" },
        };
    }

    private static NodeManager OfYarn(AskedManager? asked, string? lockText, bool locked)
    {
        var tool = NodeTool.Of(NodeTool.YarnPackage, Ask(Yarn, asked, NodeTool.YarnFor(YarnLockVersion.Match(lockText ?? "").Groups["version"].Value)));
        var registry = $"export YARN_NPM_REGISTRY_SERVER={Registry}";
        var install = $"yarn install {(locked ? "--immutable" : "--no-immutable")}";
        return new NodeManager
        {
            Name = Yarn,
            Tool = tool,
            // Leaving something out does not look at the lock file first; before version 4, it takes a plugin of the package's own.
            InstallToRun = tool.Version is ['2' or '3', '.', ..]
                ? $"{registry} && {install}"
                : $"{registry} && {install} --mode=skip-build && yarn workspaces focus --all --production",
            InstallAll = $"{registry} && {install}",
            Environment = new Dictionary<string, string>
            {
                ["YARN_ENABLE_GLOBAL_CACHE"] = "true",
                ["YARN_ENABLE_TELEMETRY"] = "false",
                ["YARN_GLOBAL_FOLDER"] = $"{ImagePaths.Downloads}/yarn",
                // Whatever the package uses elsewhere: this one needs no loader to start with.
                ["YARN_NODE_LINKER"] = "node-modules",
            },
        };
    }

    private static AskedManager Ask(string name, AskedManager? asked, string usual) => asked ?? new AskedManager(name, usual);

    private static bool IsClassic(AskedManager? asked, SourceFolder project) => (asked, project.Read("yarn.lock")) switch
    {
        ({ Version: { } version }, _) => version is "1" or ['1', '.', ..],
        (_, { } text) => !YarnLockVersion.IsMatch(text),
        _ => !project.Has(".yarnrc.yml"),
    };

    [GeneratedRegex("""^lockfileVersion:\s{0,4}["']?(?<version>[0-9]+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LockVersion { get; }

    [GeneratedRegex("""^__metadata:\s{1,8}version:\s{0,4}["']?(?<version>[0-9]+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex YarnLockVersion { get; }
}

/// <summary>What <c>packageManager</c> of a <c>package.json</c> asks for: <c>yarn@4.9.1+sha512.1b2c…</c>.</summary>
/// <param name="Name">The program.</param>
/// <param name="Version">Its version; <see langword="null"/>: the one that goes with the lock file.</param>
/// <param name="Hash">What its content is compared with; <see langword="null"/>: nothing says.</param>
internal sealed partial record AskedManager(string Name, string? Version, ContentCheck? Hash = null)
{
    public static AskedManager Of(string text) => Field.Match(text.Trim()) is { Success: true } match
        ? new AskedManager(
            match.Groups["name"].Value,
            match.Groups["version"] is { Success: true } version ? version.Value : null,
            match.Groups["hash"] is { Success: true } hash ? new ContentCheck(match.Groups["algorithm"].Value, hash.Value) : null)
        : throw new NuaException(BuildProblems.BadPackageManager(text));

    [GeneratedRegex(
        @"^(?<name>[a-z][a-z-]{0,30})(?:@(?<version>[0-9][0-9A-Za-z.-]{0,60})(?:\+(?<algorithm>sha(?:1|224|256|384|512))\.(?<hash>[0-9a-f]{40,128}))?)?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Field { get; }
}
