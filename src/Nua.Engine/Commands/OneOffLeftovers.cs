using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Commands;

/// <summary>Removes the containers of commands that have come to their end, and whose removal failed then.</summary>
public sealed class OneOffLeftovers(EngineSeams seams, IOperationLog log)
{
    /// <summary>Answers what was removed.</summary>
    public async Task<IReadOnlyList<string>> RemoveAsync(CancellationToken cancellation)
    {
        // First what there is: what begins in between is then seen to be under way.
        var inventory = await seams.Runtime.ListAsync(cancellation);
        var busy = (await log.UnfinishedAsync(cancellation)).Select(operation => operation.Id).ToHashSet(StringComparer.Ordinal);
        var left = inventory.Workloads
            .Where(workload => workload.Owner.Role == WorkloadPlan.OneOffRole && !busy.Contains(workload.Owner.Operation))
            .ToList();
        foreach (var workload in left)
        {
            await seams.Runtime.RemoveAsync(workload.Id, cancellation);
        }

        return [.. left.Select(workload => workload.Id.Value)];
    }
}
