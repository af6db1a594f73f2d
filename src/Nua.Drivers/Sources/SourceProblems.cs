using Nua.Core.Problems;
using Nua.Engine.Build.Sources;

namespace Nua.Drivers.Sources;

/// <summary>The words of all that fetches sources.</summary>
internal static class SourceProblems
{
    public static Problem Unreachable(RemoteSource source, string why, IReadOnlyList<string>? details = null) => new(
        ProblemKind.Unavailable,
        "build.source-unreachable",
        $"[build] {source.Key} could not be fetched from {source.Url}: {why}",
        "Check the address, and that this machine reaches it: 'curl --head' and 'git ls-remote' tell.",
        details);

    public static Problem TookTooLong(RemoteSource source, TimeSpan limit) => Unreachable(
        source, $"it was not there after {limit.TotalMinutes:0.#} minutes.");

    public static Problem ChecksumMismatch(RemoteSource.Archive source, string found) => new(
        ProblemKind.Invalid,
        "build.checksum-mismatch",
        $"{source.Url} has the SHA-256 {found}, not {source.Checksum}, so nothing of it was unpacked.",
        $"Find out why it changed; if that is right, set src-checksum = \"{found}\" under [build].");

    public static Problem BadArchive(RemoteSource source, string why) => new(
        ProblemKind.Invalid,
        "build.bad-archive",
        $"What {source.Url} gave cannot be unpacked: {why}",
        "Give the address of a .tar, .tar.gz, .tar.bz2, .tar.xz, .tar.zst or .zip archive of the source.");

    public static Problem ArchiveEscapes(RemoteSource source, string entry, string why) => new(
        ProblemKind.Invalid,
        "build.archive-escapes",
        $"{source.Url} was not unpacked, because '{entry}' would leave its folder: {why}.",
        "Use an archive whose files and links stay in their folder. A source of good will has no others.");

    public static Problem TooLarge(RemoteSource source, string why) => new(
        ProblemKind.Invalid,
        "build.archive-too-large",
        $"{source.Url} is more than this server takes: {why}.",
        "Use a smaller archive, or raise [build] max-source in nua.toml.");

    public static Problem NoSuchBranch(RemoteSource.Git source, string name, IReadOnlyList<string> branches) => new(
        ProblemKind.NotFound,
        "build.no-such-branch",
        $"{source.Url} has no branch, tag or commit '{name}'.",
        "Set [build] git-branch to one that it has (some are listed), or to all 40 digits of a commit.",
        branches);

    public static Problem ToolMissing(string tool, string package) => new(
        ProblemKind.Unavailable,
        "build.tool-missing",
        $"'{tool}', which this source needs, is not installed.",
        $"Run 'sudo apt-get install {package}' on the server.");

    public static Problem NotKept(string folder, string why) => new(
        ProblemKind.Unavailable,
        "build.source-not-kept",
        $"The source could not be written to '{folder}': {why}",
        "Make room on that disk, or let the user that Nua runs as write there.");

    public static Problem Of(RemoteSource source, UnpackingException refused) => refused.Fault switch
    {
        UnpackingFault.TooLarge => TooLarge(source, refused.Why),
        UnpackingFault.Escapes => ArchiveEscapes(source, refused.Entry, refused.Why),
        _ => BadArchive(source, refused.Message),
    };
}
