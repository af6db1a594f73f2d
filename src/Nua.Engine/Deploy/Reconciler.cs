using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Operations;

namespace Nua.Engine.Deploy;

/// <summary>Compares what runs with what the journal wants, and starts what brings the one to the other.</summary>
public sealed class Reconciler(EngineSeams seams, OperationRunner runner, IOperationLog log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private readonly ReconcileInstance _reconcile = new(seams);
    private readonly Dictionary<InstanceName, (DateTimeOffset NotBefore, TimeSpan Pause)> _attempts = [];

    /// <summary>One pass over everything that carries this server's labels; answers the operations it started and why.</summary>
    public async Task<IReadOnlyList<Reconciliation>> PassAsync(CancellationToken cancellation)
    {
        var busy = (await log.UnfinishedAsync(cancellation)).Select(operation => operation.Subject).ToHashSet();
        var inventory = await seams.Runtime.ListAsync(seams.Names.Server, cancellation);
        var routes = await seams.Gateway.ListAsync(cancellation);
        var known = await seams.Journal.InstancesAsync(cancellation);
        var names = known.Select(record => record.Name)
            .Concat(inventory.Workloads.Select(workload => workload.Owner.Instance))
            .Concat(inventory.Networks.Select(network => network.Owner.Instance))
            .Distinct()
            .Where(name => !busy.Contains(name.ToString()));

        var started = new List<Reconciliation>();
        foreach (var name in names)
        {
            var record = known.FirstOrDefault(record => record.Name == name);
            var deployment = record is null ? null : await seams.Journal.DeploymentAsync(name, record.Deployment, cancellation);
            if (Drift.Of(name, record, deployment, inventory, routes) is not { } why)
            {
                _attempts.Remove(name);
            }
            else if (MayTryNow(name) && await TryStartAsync(name, cancellation) is { } operation)
            {
                started.Add(new Reconciliation(name, why, operation));
            }
        }

        return started;
    }

    /// <summary>An instance that cannot be brought back is tried less and less often.</summary>
    private bool MayTryNow(InstanceName name)
    {
        var now = seams.Clock.GetUtcNow();
        if (_attempts.TryGetValue(name, out var last) && now < last.NotBefore)
        {
            return false;
        }

        var pause = last.Pause == default ? FirstPause : last.Pause * 2 > LongestPause ? LongestPause : last.Pause * 2;
        _attempts[name] = (now + pause, pause);
        return true;
    }

    /// <summary>Somebody else may take the instance between the look and the start; then it is theirs.</summary>
    private async Task<string?> TryStartAsync(InstanceName name, CancellationToken cancellation)
    {
        try
        {
            return (await runner.StartAsync(_reconcile, new InstanceRequest(name), "reconciler", cancellation)).Id;
        }
        catch (NuaException taken) when (taken.Problem.Code == "operation.locked")
        {
            return null;
        }
    }
}

/// <summary>An instance that was found different from what is wanted, and the operation that mends it.</summary>
public sealed record Reconciliation(InstanceName Instance, string Why, string Operation);
