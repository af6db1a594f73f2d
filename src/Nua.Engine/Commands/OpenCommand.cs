using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Commands;

/// <summary>Starts commands in workloads that run, with what these have: their user, their environment and its secrets.</summary>
public sealed class OpenCommand(EngineSeams seams)
{
    /// <summary>The workload that an order means.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c>, <c>command.no-workload</c>, <c>command.not-running</c></exception>
    public async Task<WorkloadPlan> WhereAsync(InstanceName instance, CommandOrder order, CancellationToken cancellation)
    {
        var deployment = await CurrentAsync(seams, instance, cancellation);
        var role = order.Workload ?? WorkloadPlan.AppRole;
        var workload = deployment.Workloads.FirstOrDefault(workload => workload.Role == role)
            ?? throw new NuaException(CommandProblems.NoWorkload(instance, role, deployment.Workloads.Select(one => one.Role)));
        return await seams.Runtime.FindAsync(new WorkloadId(workload.Name), cancellation) is { Status: WorkloadStatus.Running }
            ? workload
            : throw new NuaException(CommandProblems.NotRunning(instance, role, await StatusAsync(workload, cancellation)));
    }

    /// <summary>Starts the command in the workload.</summary>
    public Task<IExecSession> OpenAsync(WorkloadPlan workload, CommandOrder order, CancellationToken cancellation) =>
        OpenAsync(workload, new WorkloadId(workload.Name), order, cancellation);

    /// <summary>Starts the command in a workload that was made after the plan of another.</summary>
    internal Task<IExecSession> OpenAsync(WorkloadPlan plan, WorkloadId where, CommandOrder order, CancellationToken cancellation) =>
        TalkerOf(seams).OpenExecAsync(
            where,
            WorkloadLauncher.CommandIn(plan, order.Command, order.User) with { Secrets = order.Variables },
            order.Terminal,
            cancellation);

    /// <summary>What an instance that was not removed runs.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c></exception>
    internal static async Task<Deployment> CurrentAsync(EngineSeams seams, InstanceName instance, CancellationToken cancellation) =>
        await seams.Journal.FindAsync(instance, cancellation) is { IsThere: true } record
        && await seams.Journal.DeploymentAsync(instance, record.Deployment, cancellation) is { } deployment
            ? deployment
            : throw new NuaException(DeployProblems.NoInstance(instance));

    private async Task<string> StatusAsync(WorkloadPlan workload, CancellationToken cancellation) =>
        (await seams.Runtime.FindAsync(new WorkloadId(workload.Name), cancellation))?.Status switch
        {
            WorkloadStatus.Paused => "paused",
            WorkloadStatus.Restarting => "ending again and again",
            _ => "stopped",
        };

    private static ILiveExec TalkerOf(EngineSeams seams) =>
        seams.Runtime as ILiveExec ?? throw new NuaException(CommandProblems.CannotTalk(seams.Runtime.Name));
}
