using Nua.Core.Names;
using Nua.Engine.Deploy;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Commands;

/// <summary>Holds the one-off containers of an instance still: they have its volumes, and write to them beside it.</summary>
internal sealed class OneOffHold(EngineSeams seams, OneOffGate gate)
{
    /// <summary>Holds them still. What would be made from now on is made once they are let go on.</summary>
    public async Task HoldAsync(InstanceName instance, CancellationToken cancellation)
    {
        await gate.ShutAsync(instance, cancellation);
        foreach (var running in await FindAsync(instance, WorkloadStatus.Running, cancellation))
        {
            await InstanceRunner.PauserOf(seams).PauseAsync(running.Id, cancellation);
        }
    }

    /// <summary>Lets them go on, after a crash of the server, too.</summary>
    public async Task LetGoAsync(InstanceName instance, CancellationToken cancellation)
    {
        try
        {
            foreach (var held in await FindAsync(instance, WorkloadStatus.Paused, cancellation))
            {
                await InstanceRunner.PauserOf(seams).ResumeAsync(held.Id, cancellation);
            }
        }
        finally
        {
            gate.Open(instance);
        }
    }

    private async Task<IEnumerable<Workload>> FindAsync(InstanceName instance, WorkloadStatus status, CancellationToken cancellation) =>
        from workload in (await seams.Runtime.ListAsync(cancellation)).Workloads
        where workload.Owner.Instance == instance && workload.Owner.Role == WorkloadPlan.OneOffRole && workload.Status == status
        select workload;
}
