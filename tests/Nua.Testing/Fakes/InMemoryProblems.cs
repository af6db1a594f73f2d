using System.Globalization;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Testing.Fakes;

internal static class InMemoryProblems
{
    public static Problem ImageMissing(string image) =>
        new(ProblemKind.NotFound, "runtime.image-missing", $"There is no image '{image}'.", "Build it.");

    public static Problem WorkloadMissing(WorkloadId id) =>
        new(ProblemKind.NotFound, "runtime.workload-missing", $"There is no workload '{id}'.", "Start it.");

    public static Problem WorkloadStopped(WorkloadId id) =>
        new(ProblemKind.Conflict, "runtime.workload-stopped", $"The workload '{id}' does not run.", "Start it.");

    public static Problem WorkloadPaused(WorkloadId id) =>
        new(ProblemKind.Conflict, IWorkloadPauser.PausedCode, $"The workload '{id}' is held still.", "Let it go on.");

    public static Problem NameTaken(string kind, string name) =>
        new(ProblemKind.Conflict, "runtime.name-taken", $"There is a foreign {kind} '{name}'.", "Take another name.");

    public static Problem PortTaken(int port) => new(
        ProblemKind.Conflict,
        "runtime.port-taken",
        $"Port {port.ToString(CultureInfo.InvariantCulture)} is in use.",
        "Take another port.");

    public static Problem Refused(string what) =>
        new(ProblemKind.Unavailable, "runtime.refused", $"The memory engine refused to {what}.", "Look at the test.");
}
