using Nua.Engine.Images;

namespace Nua.Drivers.Images.Distro;

/// <summary>The releases that images are made of.</summary>
public static class DistroSuites
{
    private static readonly string[] Debian = ["trixie", "bookworm", "bullseye"];
    private static readonly string[] Ubuntu = ["noble"];

    /// <summary>The release in use, then the others of its distribution, newest first.</summary>
    /// <param name="chosen">What the operator set; <see langword="null"/>: this machine's.</param>
    public static IReadOnlyList<string> From(string? chosen)
    {
        var host = HostDistribution.Read();
        return Of(host?.Id, chosen ?? host?.Suite);
    }

    /// <param name="distribution">What the system calls itself: <c>debian</c>; what is neither that nor Ubuntu counts as that.</param>
    /// <param name="suite">The release in use.</param>
    internal static IReadOnlyList<string> Of(string? distribution, string? suite) =>
        [.. (distribution is "ubuntu" ? Ubuntu : Debian).Prepend(suite).OfType<string>().Distinct()];

    /// <summary>Whether it has the package <c>usr-is-merged</c>, as all have that came after Debian 11.</summary>
    internal static bool HasMergedUsrPackage(string suite) => suite is not "bullseye";

    /// <summary>The release a recipe is made of; <see langword="null"/>: its packages are in none of them.</summary>
    /// <param name="recipe">What is wanted.</param>
    /// <param name="suites">The releases there are, the preferred one first; empty: not known.</param>
    internal static string? For(ImageRecipe recipe, IReadOnlyList<string> suites) => recipe.Suites.Count == 0
        ? suites.Count > 0 ? suites[0] : Recipes.HostSuite
        : suites.FirstOrDefault(recipe.Suites.Contains);
}
