using Nua.Core.Packages;
using Nua.Engine.Providers;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What a deploy will do, decided before anything is touched.</summary>
/// <param name="Strategy">What it is to the instance.</param>
/// <param name="Deployment">The line of history to come; its time is filled in when it is recorded.</param>
/// <param name="Package">The effective package.</param>
/// <param name="NewWorkloads">Workloads to start, in order; those of the serving deployment that stay as they are are not among them.</param>
/// <param name="StopFirst">Workloads of the serving deployment that cannot run beside their successors.</param>
/// <param name="Retiring">Workloads of the serving deployment that are not needed afterwards.</param>
/// <param name="Unchanged">Whether the serving deployment is already what is wanted.</param>
internal sealed record DeployPlan(
    DeployStrategy Strategy,
    Deployment Deployment,
    Package Package,
    IReadOnlyList<WorkloadPlan> NewWorkloads,
    IReadOnlyList<EarlyStop> StopFirst,
    IReadOnlyList<WorkloadPlan> Retiring,
    bool Unchanged)
{
    /// <summary>Workloads of the serving deployment that go on running with other credentials.</summary>
    public IReadOnlyList<Renewal> Renewals { get; init; } = [];

    /// <summary>Of an app that is replaced, the data that goes once the new one serves; none without volumes.</summary>
    public DataAtStake? GivenUp { get; init; }
}

/// <summary>A server that is given other passwords while it runs.</summary>
/// <param name="Old">As it serves.</param>
/// <param name="New">The same with what it has afterwards.</param>
/// <param name="Module">Who knows how.</param>
internal sealed record Renewal(WorkloadPlan Old, WorkloadPlan New, IRotatesCredentials Module)
{
    /// <summary>See <see cref="IRotatesCredentials.TakesBoth"/>.</summary>
    public bool TakesBoth => Module.TakesBoth;
}

/// <summary>What a deploy is to an instance.</summary>
public enum DeployStrategy
{
    /// <summary>There was none of that name, or nothing is left of it.</summary>
    New,

    /// <summary>It was removed; its data is there, and the same app goes on with it.</summary>
    Return,

    /// <summary>The same app where it is.</summary>
    Update,

    /// <summary>The same app on another domain: the old one is answered on until the new one is.</summary>
    MoveDomain,

    /// <summary>Another app takes the name; the data of the old one goes once the new one serves.</summary>
    Replace,
}

/// <summary>A workload that is stopped before its successor is started.</summary>
/// <param name="Workload">Which.</param>
/// <param name="Because">Why the two cannot run side by side.</param>
internal sealed record EarlyStop(WorkloadPlan Workload, StopReason Because);

/// <summary>Why two workloads cannot run side by side.</summary>
public enum StopReason
{
    /// <summary>Both want the same port of the host.</summary>
    HostPort,

    /// <summary>Two servers on one data folder destroy it.</summary>
    DataFolder,

    /// <summary>Both would answer to one name on the instance's network.</summary>
    ServiceName,
}
