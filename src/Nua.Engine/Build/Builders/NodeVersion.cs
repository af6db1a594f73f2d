using System.Text.RegularExpressions;
using Nua.Core.Problems;
using Nua.Core.Versions;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>The Node.js an app gets: the one that is asked for by the nua-config, else by the files that Node.js's own tools read.</summary>
/// <param name="Recipe">Its image.</param>
/// <param name="Decision">What decided.</param>
internal sealed partial record NodeVersion(ImageRecipe Recipe, Decision Decision)
{
    private const string About = "Node.js";

    private static readonly string[] Files = [".node-version", ".nvmrc"];

    /// <summary>The names of the versions with long support.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["lts/hydrogen"] = "18",
        ["lts/iron"] = "20",
        ["lts/jod"] = "22",
        ["lts/krypton"] = "24",
    };

    private static string Available => string.Join(", ", NodeRecipe.Versions);

    public static NodeVersion Of(BuildInput input, NodeManifest manifest)
    {
        if (input.Version is { } asked)
        {
            return OfBuilder(asked);
        }

        if (Files.Select(file => (file, Text: LineOf(input.Project.Read(file)))).FirstOrDefault(one => one.Text is not null) is (var name, { } text))
        {
            return Newest(name, text, NpmRange.TryParse(RangeOf(text)));
        }

        return manifest.Engine is { } engine
            ? Newest("package.json", engine, NpmRange.TryParse(engine))
            : For(NodeRecipe.Default, "nothing asks for another version");
    }

    // A registry may have what we do not install ourselves.
    private static NodeVersion OfBuilder(string asked) => PlainVersion.IsMatch(asked)
        ? For(asked, $"[build] asks for {asked}")
        : Pick(NpmRange.TryParse(asked)) is { } version
            ? For(version, $"[build] asks for {asked}")
            : throw new NuaException(BuildProblems.VersionUnavailable("node", asked, Available));

    private static NodeVersion Newest(string file, string wanted, NpmRange? range) => Pick(range) is { } version
        ? For(version, $"{file} asks for {wanted}")
        : throw new NuaException(BuildProblems.VersionNotForFile("node", file, wanted, Available));

    private static NodeVersion For(string version, string because)
    {
        var recipe = NodeRecipe.For(version);
        return new NodeVersion(recipe, new Decision(About, recipe.Version, because));
    }

    /// <summary>The usual version if it will do, else the newest that does.</summary>
    private static string? Pick(NpmRange? range) =>
        range is null ? null : NodeRecipe.Versions.Prepend(NodeRecipe.For().Version).FirstOrDefault(range.Contains);

    // These files name a version, and we have one release of each major: a newer release of the same does.
    private static string RangeOf(string text) => text switch
    {
        _ when Names.TryGetValue(text, out var major) => major,
        "node" or "stable" or "latest" or "current" or "lts" or "lts/*" => "*",
        _ => $"^{text}",
    };

    private static string? LineOf(string? text) => text?
        .Split('\n', StringSplitOptions.TrimEntries)
        .FirstOrDefault(line => line.Length > 0 && line[0] != '#')?
        .ToLowerInvariant();

    [GeneratedRegex(@"^[0-9]+(?:\.[0-9]+){0,2}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainVersion { get; }
}
