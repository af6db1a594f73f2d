using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes;

/// <summary>The words every driver uses for the same trouble.</summary>
internal static class RuntimeProblems
{
    public static Problem Unreachable(string engine, string socket, string hint) => new(
        ProblemKind.Unavailable,
        "runtime.unreachable",
        $"The {engine} engine does not answer on {socket}.",
        hint);

    public static Problem ImageMissing(string image) => new(
        ProblemKind.NotFound,
        "runtime.image-missing",
        $"The engine has no image '{image}'.",
        "Run 'nua build' on the package, or 'nua image list' to see what is there.");

    public static Problem WorkloadMissing(WorkloadId id) => new(
        ProblemKind.NotFound,
        "runtime.workload-missing",
        $"There is no workload '{id}'.",
        "Run 'nua apps' to see what is there.");

    public static Problem WorkloadStopped(WorkloadId id) => new(
        ProblemKind.Conflict,
        "runtime.workload-stopped",
        $"The workload '{id}' does not run, so no command can run in it.",
        "Run 'nua start' on its instance, or 'nua logs' to see why it ended.");

    public static Problem WorkloadPaused(WorkloadId id) => new(
        ProblemKind.Conflict,
        IWorkloadPauser.PausedCode,
        $"The workload '{id}' is held still, so no command can run in it.",
        "Run 'nua unpause' on its instance; while it is cloned, try again when that is done.");

    public static Problem NameTaken(string engine, string kind, string name) => new(
        ProblemKind.Conflict,
        "runtime.name-taken",
        $"A {kind} named '{name}' that this server did not make is on the engine.",
        $"Rename or remove it ('{engine} {kind} rm {name}'), or give the instance another name.");

    public static Problem PortTaken(string port) => new(
        ProblemKind.Conflict,
        "runtime.port-taken",
        $"Port {port} of this machine is in use.",
        $"Run 'sudo ss -ltunp sport = :{port}' to see who has it, then free it or publish another port.");

    public static Problem DiskFull(string what) => new(
        ProblemKind.Unavailable,
        "runtime.disk-full",
        $"No space was left on the engine's disk to {what}.",
        "Run 'nua server cleanup' to remove what nothing uses, and 'df -h' to see what fills the disk.");

    public static Problem NoAddresses(string network) => new(
        ProblemKind.Unavailable,
        "runtime.no-addresses",
        $"The engine has no range of addresses left for the network '{network}'.",
        "Add ranges under 'default-address-pools' in /etc/docker/daemon.json and restart the engine.");

    public static Problem Refused(string engine, string what, string reason) => new(
        ProblemKind.Unavailable,
        "runtime.refused",
        $"The {engine} engine refused to {what}: {reason}",
        $"Read the engine's own log: 'journalctl -u {engine} -n 50'.");

    public static Problem OptionRefused(string option, string reason, IEnumerable<string> known) => new(
        ProblemKind.Invalid,
        "runtime.option-refused",
        $"The engine option '{option}' {reason}.",
        $"Take it out of [docker], or use one of: {string.Join(", ", known)}.");

    public static Problem FolderNotMade(string folder, string reason) => new(
        ProblemKind.Unavailable,
        "runtime.folder-not-made",
        $"A volume is to be the folder '{folder}', which is not there and could not be made: {reason}",
        $"Make it with 'mkdir -p {folder}', or name another in the sites file.");

    public static Problem UnsafeSecretsFolder(string folder) => new(
        ProblemKind.Conflict,
        "runtime.unsafe-secrets-folder",
        $"'{folder}' belongs to somebody else, so no secret is written into it.",
        $"Run 'ls -ld {folder}' to see whose it is, and remove it.");
}
