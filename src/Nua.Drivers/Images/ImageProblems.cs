using Nua.Core.Problems;

namespace Nua.Drivers.Images;

/// <summary>The words of all that makes and keeps images.</summary>
internal static class ImageProblems
{
    public static Problem BuildFailed(string tag, string step, IReadOnlyList<string> lastLines) => new(
        ProblemKind.BuildFailed,
        "image.build-failed",
        $"The build of '{tag}' failed at: {step}",
        "Mend what the last lines show, and build again.",
        lastLines);

    public static Problem BuildTimedOut(string tag, TimeSpan limit, IReadOnlyList<string> lastLines) => new(
        ProblemKind.BuildFailed,
        "image.build-timed-out",
        $"The build of '{tag}' did not end within {limit.TotalMinutes:0.#} minutes.",
        "See in the last lines what it waited for, or give it more time in the settings.",
        lastLines);

    public static Problem NoBuilder(IEnumerable<string> tried) => new(
        ProblemKind.Unavailable,
        "image.no-builder",
        $"No docker command of this machine can use BuildKit (tried: {Listed(tried)}).",
        "Run 'sudo apt-get install docker-buildx' (or docker-buildx-plugin, where Docker comes from its makers).");

    public static Problem InUse(string reference) => new(
        ProblemKind.Conflict,
        "image.in-use",
        $"The image '{reference}' is used by a container.",
        $"Run 'docker ps --all --filter ancestor={reference}' to see which one.");

    private static string Listed(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } list ? list : "none found";
}
