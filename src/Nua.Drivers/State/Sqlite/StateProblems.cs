using Nua.Core.Problems;

namespace Nua.Drivers.State.Sqlite;

/// <summary>The words of the room.</summary>
internal static class StateProblems
{
    public static Problem Unreadable(string file, string why) => new(
        ProblemKind.Unavailable,
        "state.unreadable",
        $"The state file {file} cannot be read: {why}.",
        "Check the disk and the file's owner with 'nua doctor'.");

    public static Problem DiskFull(string file, string why) => new(
        ProblemKind.Unavailable,
        "state.disk-full",
        $"Nothing can be written to {file}; its disk is full or failing: {why}.",
        $"Make room ('df -h {Path.GetDirectoryName(file)}' shows what there is), and try again.");

    public static Problem Newer(string file) => new(
        ProblemKind.Conflict,
        "state.newer",
        $"The state file {file} was written by a newer Nua.",
        "Install the version that wrote it, or a newer one.");

    public static Problem NoKey(string file) => new(
        ProblemKind.Unavailable,
        "vault.key-missing",
        $"The vault's key {file} is missing, and the state file holds passwords that only it opens.",
        "Put the key back from where you keep it; no new one is made while there is something sealed with the old one.");

    public static Problem BadKey(string file) => new(
        ProblemKind.Unavailable,
        "state.bad-key",
        $"The vault's key in {file} is missing or not the one the vault was sealed with.",
        "Put the key back from where you keep it; without it the kept passwords cannot be read.");
}
