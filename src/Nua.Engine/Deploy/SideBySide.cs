using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Says which old workloads cannot run beside new ones, and why. Two copies of an app can, unless they want one port.</summary>
internal static class SideBySide
{
    /// <param name="old">What is not needed afterwards, in starting order.</param>
    /// <param name="added">What is to be started.</param>
    /// <param name="oneNetwork">Whether both are on one network, where a name leads to either.</param>
    public static IEnumerable<EarlyStop> Refused(IEnumerable<WorkloadPlan> old, IReadOnlyList<WorkloadPlan> added, bool oneNetwork)
    {
        foreach (var workload in old)
        {
            if (WhyNot(workload, added, oneNetwork) is { } reason)
            {
                yield return new EarlyStop(workload, reason);
            }
        }
    }

    private static StopReason? WhyNot(WorkloadPlan old, IReadOnlyList<WorkloadPlan> added, bool oneNetwork) =>
        added.Any(workload => WantsPortOf(workload, old)) ? StopReason.HostPort
        : added.Any(workload => WantsDataOf(workload, old)) ? StopReason.DataFolder
        : oneNetwork && added.Any(workload => IsService(old) && workload.Role == old.Role) ? StopReason.ServiceName
        : null;

    private static bool WantsPortOf(WorkloadPlan workload, WorkloadPlan old) =>
        workload.Publish.Any(port => old.Publish.Any(taken => taken.Host == port.Host && taken.Udp == port.Udp));

    /// <summary>An app's own folders are made for several copies of it; a service's are not.</summary>
    private static bool WantsDataOf(WorkloadPlan workload, WorkloadPlan old) =>
        (IsService(workload) || IsService(old)) && PlacesOf(workload).Intersect(PlacesOf(old)).Any();

    private static IEnumerable<string> PlacesOf(WorkloadPlan workload) => workload.Mounts.Where(mount => !mount.ReadOnly).Select(mount => mount switch
    {
        Mount.OfVolume volume => volume.Volume,
        Mount.OfDirectory directory => directory.HostPath,
        _ => null,
    }).OfType<string>();

    private static bool IsService(WorkloadPlan workload) => workload.Role != WorkloadPlan.AppRole || workload.Module is not null;
}
