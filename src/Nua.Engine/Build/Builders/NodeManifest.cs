using System.Text.Json;
using System.Text.RegularExpressions;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Builders;

/// <summary>What a <c>package.json</c>, and the files beside it, say about how to install and build a package.</summary>
internal sealed partial record NodeManifest
{
    private const string FileName = "package.json";

    private const string PnpmWorkspace = "pnpm-workspace.yaml";

    /// <summary>What installing reads beside the manifest and its lock.</summary>
    private static readonly string[] Settings = [".npmrc", ".pnpmfile.cjs", PnpmWorkspace, ".yarnrc", ".yarnrc.yml"];

    private static readonly string[] DependencySections = ["dependencies", "devDependencies", "optionalDependencies"];

    private static readonly string[] InstallScripts = ["preinstall", "install", "postinstall", "prepare"];

    private static readonly string[] LocalVersions = [".", "file:", "link:", "patch:", "portal:", "workspace:"];

    /// <summary>Whether there is one at all.</summary>
    public bool Exists { get; private init; }

    /// <summary>The files that say what to install.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>The program that installs.</summary>
    public NodeManager Manager { get; private init; } = NodeManager.OfTheImage;

    /// <summary>The versions of Node.js it runs on, in <c>engines</c>.</summary>
    public string? Engine { get; private init; }

    public bool HasBuildScript { get; private init; }

    /// <summary>Whether it names, or may name, anything to install.</summary>
    public bool HasDependencies { get; private init; }

    /// <summary>Installing runs scripts of the package, or installs parts of it: any change of the source may concern it.</summary>
    public bool InstallNeedsSource { get; private init; }

    public static NodeManifest Read(SourceFolder project)
    {
        if (!project.Has(FileName))
        {
            return new NodeManifest();
        }

        using var document = Parse(project.Read(FileName) ?? "{}");
        var root = document.RootElement;
        var manager = NodeManager.Of(project, TextAt(root, "packageManager"));
        var needsSource = NeedsSource(project, root);
        return new NodeManifest
        {
            Exists = true,
            Files = [FileName, .. manager.Locks, .. Settings.Where(project.Has), .. project.Files.Where(path => path.StartsWith(".yarn/", StringComparison.Ordinal))],
            Manager = manager,
            Engine = TextAt(root, "engines", "node"),
            HasBuildScript = Has(root, "scripts", "build"),
            HasDependencies = manager.Locks.Count > 0 || needsSource || Dependencies(root).Any(),
            InstallNeedsSource = needsSource,
        };
    }

    // npm will say what is wrong with one it cannot read either.
    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return JsonDocument.Parse("{}");
        }
    }

    private static bool NeedsSource(SourceFolder project, JsonElement root) =>
        InstallScripts.Any(script => Has(root, "scripts", script))
        || Has(root, "workspaces")
        || Has(root, "pnpm", "patchedDependencies")
        || PartsOrPatches.IsMatch(project.Read(PnpmWorkspace) ?? "")
        || Dependencies(root).Any(IsLocal);

    private static IEnumerable<JsonElement> Dependencies(JsonElement root) => DependencySections
        .Select(section => Find(root, section))
        .Where(section => section is { ValueKind: JsonValueKind.Object })
        .SelectMany(section => section!.Value.EnumerateObject().Select(dependency => dependency.Value));

    private static bool IsLocal(JsonElement version) =>
        version.ValueKind == JsonValueKind.String
        && LocalVersions.Any(start => version.GetString()!.StartsWith(start, StringComparison.Ordinal));

    private static bool Has(JsonElement root, params ReadOnlySpan<string> path) => Find(root, path) is not null;

    private static string? TextAt(JsonElement root, params ReadOnlySpan<string> path) =>
        Find(root, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
            {
                return null;
            }
        }

        return element;
    }

    [GeneratedRegex("^(?:packages|patchedDependencies):", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartsOrPatches { get; }
}
