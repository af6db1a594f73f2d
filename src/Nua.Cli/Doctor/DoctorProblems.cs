using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Doctor;

/// <summary>The words of the room.</summary>
internal static class DoctorProblems
{
    public static ProblemView NotReady(string state) => ProblemView.Of(
        "unavailable",
        "doctor.server-not-ready",
        $"The server is {state}.",
        "It finishes or undoes first what was interrupted: 'nua operations list' shows it.");

    public static ProblemView PortClosed(int port) => ProblemView.Of(
        "unavailable",
        "doctor.port-closed",
        $"Nothing takes connections on port {port} of this machine, where the gateway should.",
        "Look at 'nua server logs --gateway'.");

    public static ProblemView DiskLow(string folder, long free) => ProblemView.Of(
        "unavailable",
        "doctor.disk-low",
        $"Only {Words.Size(free)} are free where {folder} is.",
        "Remove what is left over with 'nua server cleanup', or make room.");

    public static ProblemView Stuck(OperationView operation) => ProblemView.Of(
        "partial",
        "doctor.operation-stuck",
        $"A {operation.Kind} of '{operation.Subject}' failed and could not be undone whole.",
        $"See why with 'nua operations show {operation.Id}', mend it, and have it tried now with 'nua operations resume {operation.Id}'.");

    public static ProblemView Ailing(IReadOnlyList<InstanceView> instances) => ProblemView.Of(
        "partial",
        "doctor.instances-ailing",
        instances is [var one] ? $"'{one.Name}' is {one.State}." : $"{instances.Count} instances do not run as they should.",
        $"Look at 'nua status {instances[0].Name}' and 'nua logs {instances[0].Name}'.",
        [.. instances.Select(instance => $"{instance.Name}: {instance.State}")]);
}
