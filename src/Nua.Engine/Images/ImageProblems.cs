using Nua.Core.Problems;

namespace Nua.Engine.Images;

/// <summary>The words of the room.</summary>
internal static class ImageProblems
{
    public const string NoSourceCode = "image.no-source";

    /// <param name="recipe">What is wanted.</param>
    /// <param name="answers">What each source said.</param>
    /// <param name="lacking">That a source answered, and does not have it: no other network helps then.</param>
    public static Problem NoSource(ImageRecipe recipe, IReadOnlyList<string> answers, Problem? lacking) => new(
        lacking?.Kind ?? ProblemKind.Unavailable,
        NoSourceCode,
        $"No source supplies the image '{recipe.Name}'{(recipe.Version.Length > 0 ? $" in version '{recipe.Version}'" : "")}{(lacking is null ? "." : $": {lacking.Message}")}",
        lacking?.Hint
            ?? (recipe.OtherVersions.Count > 0 ? $"Ask for another version: {string.Join(", ", recipe.OtherVersions)}. Or load it by hand" : "Load it by hand")
            + " ('docker load'), or let this server reach a mirror or a registry; docs/images.md tells how.",
        answers);

    public static Problem CannotCombine(ImageRecipe recipe) => new(
        ProblemKind.Invalid,
        "image.cannot-combine",
        $"{recipe.Name} {recipe.Version} comes as an image of its own, to which no other language can be added.",
        "Ask for a version that Nua installs itself, or leave the version out.");
}
