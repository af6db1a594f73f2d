using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Compares what runs with what the journal wants, and starts what brings the one to the other.</summary>
public sealed class Reconciler(EngineSeams seams, OperationRunner runner, IOperationLog log)
{
    private readonly ReconcileInstance _reconcile = new(seams);
    private readonly BackOff<InstanceName> _attempts = new(seams.Clock);
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Why some instances are left as they are, as the last pass found it; <see langword="null"/>: none is.</summary>
    public Problem? Refusal { get; private set; }

    /// <summary>
    /// One pass over everything that carries this server's labels; answers the operations it started and why. An instance of
    /// which the engine has something that this journal knows nothing of is left alone: it is the journal that is wrong then.
    /// </summary>
    public Task<IReadOnlyList<Reconciliation>> PassAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            var pass = PassAfterAsync(_last, cancellation);
            _last = pass;
            return pass;
        }
    }

    /// <summary>One pass at a time: the clock's and an operator's must not start the same twice.</summary>
    private async Task<IReadOnlyList<Reconciliation>> PassAfterAsync(Task previous, CancellationToken cancellation)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await PassAloneAsync(cancellation);
    }

    private async Task<IReadOnlyList<Reconciliation>> PassAloneAsync(CancellationToken cancellation)
    {
        var busy = (await log.UnfinishedAsync(cancellation)).Select(operation => operation.Subject).ToHashSet();
        var inventory = await seams.Runtime.ListAsync(cancellation);
        var routes = await seams.Gateway.ListAsync(cancellation);
        var known = await seams.Journal.InstancesAsync(cancellation);
        var strangers = await StrangersAsync(inventory, cancellation);
        Refusal = strangers.Count == 0 ? null : DeployProblems.UnknownToJournal(strangers);
        var (reality, records) = (new Reality(inventory, routes), known.ToDictionary(record => record.Name));
        var leftAlone = strangers.Select(stranger => stranger.Instance).ToHashSet();

        var started = new List<Reconciliation>();
        foreach (var name in records.Keys.Union(reality.Instances).Where(name => !busy.Contains(name.ToString()) && !leftAlone.Contains(name)))
        {
            var record = records.GetValueOrDefault(name);
            var deployment = record is null ? null : await seams.Journal.DeploymentAsync(name, record.Deployment, cancellation);
            if (Drift.Of(record, deployment, reality.Of(name)) is not [_, ..] differences)
            {
                _attempts.Forget(name);
            }
            else if (_attempts.MayTryNow(name) && await TryStartAsync(name, cancellation) is { } operation)
            {
                started.Add(new Reconciliation(name, string.Join("; ", differences.Select(difference => difference.Found)), operation));
            }
        }

        return started;
    }

    /// <summary>
    /// Who made what by operations this journal never had: it was made by another server of this name, or the journal was lost
    /// or put back to an earlier day. Operations are journaled before they make anything, so no crash leads here.
    /// </summary>
    private async Task<IReadOnlyList<Ownership>> StrangersAsync(Inventory inventory, CancellationToken cancellation)
    {
        var strangers = new List<Ownership>();
        // The operations of one-off commands are forgotten sooner than others.
        var owners = inventory.Workloads.Select(workload => workload.Owner).Where(owner => owner.Role != WorkloadPlan.OneOffRole)
            .Concat(inventory.Networks.Select(network => network.Owner));
        foreach (var owner in owners.DistinctBy(owner => (owner.Instance, owner.Operation)))
        {
            if (await log.FindAsync(owner.Operation, cancellation) is null)
            {
                strangers.Add(owner);
            }
        }

        return strangers;
    }

    /// <summary>Somebody else may take the instance between the look and the start; then it is theirs.</summary>
    private async Task<string?> TryStartAsync(InstanceName name, CancellationToken cancellation)
    {
        try
        {
            return (await runner.StartAsync(_reconcile, new InstanceRequest(name), "reconciler", cancellation)).Id;
        }
        catch (NuaException taken) when (taken.Problem.Code == OperationProblems.LockedCode)
        {
            return null;
        }
    }
}

/// <summary>An instance that was found different from what is wanted, and the operation that mends it.</summary>
public sealed record Reconciliation(InstanceName Instance, string Why, string Operation);
