using Nua.Core.Packages;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What a deploy will do, decided before anything is touched.</summary>
/// <param name="Deployment">The line of history to come; its time is filled in when it is recorded.</param>
/// <param name="Package">The effective package.</param>
/// <param name="NewWorkloads">Workloads to start, in order; those of the serving deployment that stay as they are are not among them.</param>
/// <param name="StopFirst">Workloads of the serving deployment that cannot run beside their successors.</param>
/// <param name="Retiring">Workloads of the serving deployment that are not needed afterwards.</param>
/// <param name="Unchanged">Whether the serving deployment is already what is wanted.</param>
internal sealed record DeployPlan(
    Deployment Deployment,
    Package Package,
    IReadOnlyList<WorkloadPlan> NewWorkloads,
    IReadOnlyList<WorkloadPlan> StopFirst,
    IReadOnlyList<WorkloadPlan> Retiring,
    bool Unchanged);
