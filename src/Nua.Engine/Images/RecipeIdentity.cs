using System.Security.Cryptography;
using System.Text;

namespace Nua.Engine.Images;

/// <summary>What an image made from a recipe is called: its content address among images that are supplied.</summary>
/// <param name="Reference">Its name on the engine: <c>nua/postgres:15-6e0d3ac11b72</c>.</param>
/// <param name="Label">Its <see cref="ImageLabels.Recipe"/>: <c>postgres:6e0d3ac11b72…</c>.</param>
public sealed record RecipeIdentity(string Reference, string Label)
{
    /// <param name="recipe">What is wanted.</param>
    /// <param name="origin">All else that decides the content: where packages come from, what it is built on.</param>
    public static RecipeIdentity Of(ImageRecipe recipe, params IReadOnlyList<string> origin)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (IEnumerable<string>)[.. Parts(recipe), "origin", .. origin])
        {
            // The length keeps ["ab", "c"] apart from ["a", "bc"].
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        var content = Convert.ToHexStringLower(hash.GetHashAndReset());
        return new RecipeIdentity($"nua/{recipe.Name}:{recipe.Version}-{content[..12]}", $"{recipe.Name}:{content}");
    }

    private static IEnumerable<string> Parts(ImageRecipe recipe) =>
    [
        "name", recipe.Name, recipe.Version,
        "packages", .. recipe.Packages,
        "files", .. Sorted(recipe.Files),
        "npm", .. recipe.NpmPackages.SelectMany(package => new[] { package.Name, package.Integrity }),
        "set-up", .. recipe.SetUp,
        "environment", .. Sorted(recipe.Environment),
        "command", .. recipe.Command, recipe.StopSignal ?? "", recipe.UnderAgent ? "agent" : "",
        "registry", recipe.RegistryReference ?? "",
    ];

    private static IEnumerable<string> Sorted(IReadOnlyDictionary<string, string> values) =>
        values.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value });
}
