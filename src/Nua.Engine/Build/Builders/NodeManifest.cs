using System.Text.Json;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Builders;

/// <summary>What a <c>package.json</c>, and the files beside it, say about how to install and build a package.</summary>
internal sealed record NodeManifest
{
    private const string FileName = "package.json";

    private static readonly string[] Locks = ["package-lock.json", "npm-shrinkwrap.json"];

    private static readonly string[] ForeignLocks = ["yarn.lock", "pnpm-lock.yaml"];

    private static readonly string[] DependencySections = ["dependencies", "devDependencies", "optionalDependencies"];

    private static readonly string[] InstallScripts = ["preinstall", "install", "postinstall", "prepare"];

    /// <summary>Whether there is one at all.</summary>
    public bool Exists { get; private init; }

    /// <summary>The files that say what to install.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>Whether npm's own lock file pins every version.</summary>
    public bool IsLocked { get; private init; }

    /// <summary>The lock of another program than npm, which npm does not read.</summary>
    public string? ForeignLock { get; private init; }

    public bool HasBuildScript { get; private init; }

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
        var locks = Locks.Where(project.Has).ToArray();
        return new NodeManifest
        {
            Exists = true,
            Files = [FileName, .. locks, .. project.Has(".npmrc") ? [".npmrc"] : (string[])[]],
            IsLocked = locks.Length > 0,
            ForeignLock = locks.Length > 0 ? null : ForeignLocks.FirstOrDefault(project.Has),
            HasBuildScript = Has(root, "scripts", "build"),
            InstallNeedsSource =
                InstallScripts.Any(script => Has(root, "scripts", script)) || Has(root, "workspaces") || HasLocalDependency(root),
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

    private static bool HasLocalDependency(JsonElement root) =>
        DependencySections.Any(section =>
            Find(root, section) is { ValueKind: JsonValueKind.Object } dependencies
            && dependencies.EnumerateObject().Any(dependency => IsLocal(dependency.Value)));

    private static bool IsLocal(JsonElement version) =>
        version.ValueKind == JsonValueKind.String
        && version.GetString() is { } text
        && (text.StartsWith("file:", StringComparison.Ordinal) || text.StartsWith('.') || text.StartsWith("link:", StringComparison.Ordinal));

    private static bool Has(JsonElement root, params ReadOnlySpan<string> path) => Find(root, path) is not null;

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
}
