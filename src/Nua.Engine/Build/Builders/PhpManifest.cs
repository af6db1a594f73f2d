using System.Text.Json;
using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build.Builders;

/// <summary>What a <c>composer.json</c>, and the files beside it, say about how to install a project.</summary>
internal sealed record PhpManifest
{
    public const string FileName = "composer.json";

    private const string Lock = "composer.lock";

    private const string Installed = "vendor/autoload.php";

    private static readonly string[] LocalRepositories = ["path", "artifact"];

    /// <summary>The files that say what to install.</summary>
    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>Whether every version is pinned.</summary>
    public bool IsLocked => Files.Contains(Lock);

    /// <summary>Whether Composer has anything to do.</summary>
    public bool Installs { get; private init; }

    /// <summary>What it would install came with the source.</summary>
    public bool IsVendored { get; private init; }

    /// <summary>It installs parts of the source: any change of it may concern them.</summary>
    public bool InstallNeedsSource { get; private init; }

    /// <summary>The extensions of PHP that it and its dependencies need: <c>intl</c>, <c>pdo_pgsql</c>.</summary>
    public IReadOnlyList<string> Extensions { get; private init; } = [];

    public static PhpManifest Read(SourceFolder project)
    {
        if (!project.Has(FileName))
        {
            return new PhpManifest();
        }

        using var manifest = Parse(project.Read(FileName));
        using var locked = Parse(project.Read(Lock));
        var root = manifest.RootElement;
        var vendored = project.Has(Installed);
        return new PhpManifest
        {
            Files = [FileName, .. project.Has(Lock) ? [Lock] : (string[])[]],
            IsVendored = vendored,
            Installs = !vendored && (Requirements(root).Any(IsPackage) || Has(root, "autoload")),
            InstallNeedsSource = Items(root, "repositories").Any(IsLocal),
            Extensions =
            [
                .. Requirements(root)
                    .Concat(Items(locked.RootElement, "packages").SelectMany(Requirements))
                    .Where(name => name.StartsWith("ext-", StringComparison.Ordinal))
                    .Select(name => name["ext-".Length..].ToLowerInvariant())
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
        };
    }

    // Composer will say what is wrong with one it cannot read either.
    private static JsonDocument Parse(string? text)
    {
        try
        {
            return JsonDocument.Parse(text ?? "{}");
        }
        catch (JsonException)
        {
            return JsonDocument.Parse("{}");
        }
    }

    /// <summary>Packages have a vendor; <c>php</c>, <c>ext-intl</c> and the like have none.</summary>
    private static bool IsPackage(string name) => name.Contains('/');

    private static IEnumerable<string> Requirements(JsonElement package) =>
        Find(package, "require") is { ValueKind: JsonValueKind.Object } required
            ? [.. required.EnumerateObject().Select(requirement => requirement.Name)]
            : [];

    /// <summary>Of a list, or of an object whose names do not matter.</summary>
    private static IEnumerable<JsonElement> Items(JsonElement element, string key) => Find(element, key) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } named => named.EnumerateObject().Select(item => item.Value),
        _ => [],
    };

    private static bool IsLocal(JsonElement repository) =>
        Find(repository, "type") is { ValueKind: JsonValueKind.String } type && LocalRepositories.Contains(type.GetString());

    private static bool Has(JsonElement element, string key) => Find(element, key) is not null;

    private static JsonElement? Find(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var found) ? found : null;
}
