using Nua.Core.Problems;

namespace Nua.Engine.Images.Archives;

/// <summary>The words for archives that are not taken.</summary>
public static class ArchiveProblems
{
    private const string SaveAgain = "Write it again, with 'nua image save' or 'docker save', and compare the sizes of both files.";

    /// <param name="why">A clause.</param>
    public static Problem NoArchive(string why) => new(
        ProblemKind.Invalid, "image.no-archive", $"This is no archive of images: {why.TrimEnd('.')}.", SaveAgain);

    public static Problem NotOfNua(IReadOnlyList<string> names) => new(
        ProblemKind.Invalid,
        "image.not-of-nua",
        names.Count == 0
            ? $"The archive holds no image for this kind of machine, which is linux/{SavedManifest.Architecture}."
            : $"What the archive holds was not built by Nua: {string.Join(", ", names)}.",
        "Load another image with 'docker load', and wrap it with a nua-config that names it: [build] base-image.");

    public static Problem NewerHere(string name) => new(
        ProblemKind.Conflict,
        "image.newer-here",
        $"The image '{name}' that is here was built later than the one of the archive.",
        "Load it with --replace: the one that is here loses its name, and is removed unless an instance runs it or may go back to it.");

    public static Problem TooLarge(long mostBytes) => new(
        ProblemKind.Invalid,
        "image.archive-too-large",
        $"The archive is larger than {mostBytes / 1_000_000_000} GB.",
        "Load it with 'docker load' on the server itself.");

    public static Problem NotKept(string why) => new(
        ProblemKind.Unavailable, "image.archive-not-kept", $"The archive could not be written to the server's disk: {why}", "Make room there, and load it again.");
}
