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

    public static Problem Killed(string tag, string step, IReadOnlyList<string> lastLines) => new(
        ProblemKind.BuildFailed,
        "image.build-killed",
        $"The build of '{tag}' was killed, most likely for want of memory, at: {step}",
        "Let it do less at once, or give builds more: 'memory' under [build] in the settings.",
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

    public static Problem InUse(string reference, IEnumerable<string> containers) => new(
        ProblemKind.Conflict,
        "image.in-use",
        $"The image '{reference}' is used by a container: {Listed(containers)}.",
        $"Run 'docker ps --all --filter ancestor={reference}' to see what it is.");

    public static Problem NotLoaded(string reason) => new(
        ProblemKind.Invalid,
        "image.not-loaded",
        $"The engine does not take the archive: {reason}",
        "Write it again, with 'nua image save' or 'docker save', and compare the sizes of both files.");

    public static Problem FileTooLarge(string reference, string path, long mostBytes) => new(
        ProblemKind.Invalid,
        "image.file-too-large",
        $"{path} of the image '{reference}' is larger than {mostBytes} bytes.",
        "What Nua writes there never is; build the image again.");

    public const string NotPulledCode = "image.not-pulled";

    public static Problem NotPulled(string reference, string reason) => new(
        ProblemKind.Unavailable,
        NotPulledCode,
        $"The image '{reference}' could not be pulled: {reason}",
        $"Run 'docker pull {reference}', after 'docker login' where the registry wants to know who asks: Nua takes what is there.");

    public static Problem ToolMissing(string tool, string packages) => new(
        ProblemKind.Unavailable,
        "image.tool-missing",
        $"'{tool}', which makes images from the distribution's packages, is not installed.",
        $"Run 'sudo apt-get install {packages}'.");

    public static Problem BootstrapFailed(string suite, int exitCode, IReadOnlyList<string> lastLines) => new(
        ProblemKind.BuildFailed,
        "image.bootstrap-failed",
        $"mmdebstrap could not make a base of {suite} (exit code {exitCode}).",
        "Run 'sudo apt-get update' to see whether this machine's own package sources answer.",
        lastLines);

    /// <param name="suite">The release.</param>
    /// <param name="packages">What it does not have.</param>
    /// <param name="others">What it has of the same in other versions.</param>
    public static Problem PackagesUnknown(string suite, IReadOnlyList<string> packages, IReadOnlyList<string> others) => new(
        ProblemKind.NotFound,
        "image.packages-unknown",
        $"{suite} has no package {Listed(packages)}{(others.Count == 0 ? "" : $"; it has {Listed(others)}")}.",
        "Ask for a version that the distribution has, or run 'sudo apt-get update' if its lists are old.");

    public static Problem NoSnapshotArchive() => new(
        ProblemKind.Invalid,
        "image.no-snapshot-archive",
        "A moment is set for the distribution's packages, but not the archive that still has them.",
        "Set the snapshot archive's address in the settings too; docs/images.md shows how.");

    public static Problem BadArchive(string archive) => new(
        ProblemKind.Unavailable,
        "image.bad-archive",
        $"The engine does not take the base '{archive}' that was just made.",
        "Run 'df -h' to see whether a disk is full, and read the engine's own log: 'journalctl -u docker -n 50'.");

    private static string Listed(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } list ? list : "none found";
}
