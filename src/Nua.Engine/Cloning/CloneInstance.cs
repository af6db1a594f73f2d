using Nua.Core;
using Nua.Core.Problems;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Cloning;

/// <summary>
/// Makes another instance of what an instance runs, with a copy of its data as it was at one moment, and lets visitors in once it
/// passed its tests. Until then all of it can be undone; its source goes on, whatever comes of it.
/// </summary>
public sealed class CloneInstance(EngineSeams seams, OperationRunner runner, Loans loans, OneOffGate gate) : UseCase<CloneRequest, CloneResult>(
    "clone", EngineJson.Default.CloneRequest, EngineJson.Default.CloneResult)
{
    private readonly FactFinder _facts = new(seams);
    private readonly ClonePlanner _planner = new(seams);
    private readonly VolumeCopier _copier = new(seams);
    private readonly InstanceRunner _instance = new(seams);
    private readonly Rollout _rollout = new(seams);
    private readonly LendInstance _lend = new(seams, loans, gate);

    public override string SubjectOf(CloneRequest request) => request.As.ToString();

    public override async Task<CloneResult> RunAsync(CloneRequest request, Operation operation, CancellationToken cancellation)
    {
        var facts = await operation.StepAsync(
            "look at both", EngineJson.Default.CloneFacts, () => LookAsync(request, cancellation));
        var plan = _planner.Plan(request, facts, operation.Id);
        await operation.StepAsync(
            "take over what it keeps",
            () => TakeOverAsync(request, plan, operation.Id, cancellation),
            undo: () => seams.Vault.ForgetMadeByAsync(operation.Id, CancellationToken.None));
        foreach (var copy in plan.Volumes)
        {
            await operation.StepAsync(
                $"make the volume {copy.To.Role}",
                () => _instance.EnsureVolumeAsync(plan.Deploy.Deployment, copy.To, cancellation),
                undo: () => _instance.RemoveOwnVolumeAsync(copy.To, operation.Id));
        }

        var gap = await CopyAsync(request, facts, plan, operation, cancellation);
        var deployed = await _rollout.RunAsync(plan.Deploy, facts.Target, operation, cancellation);
        return new CloneResult(
            request.As, request.Source, deployed.Number, deployed.Url, plan.Volumes.Count, gap, deployed.Tests);
    }

    private async Task<CloneFacts> LookAsync(CloneRequest request, CancellationToken cancellation)
    {
        var record = await seams.Journal.FindAsync(request.Source, cancellation);
        var source = record is { IsThere: true } ? await seams.Journal.DeploymentAsync(request.Source, record.Deployment, cancellation) : null;
        if (source is null)
        {
            throw new NuaException(DeployProblems.NoInstance(request.Source));
        }

        if (source.IsSharedServer || source.Tenancies.Count > 0)
        {
            throw new NuaException(CloneProblems.SharedServer(request.Source, [.. source.Servers]));
        }

        var image = await seams.ImageStore.FindAsync(source.App.ImageId, cancellation)
            ?? throw new NuaException(DeployProblems.NoImage(source.App.Image));
        var target = await _facts.GatherAsync(
            new DeployRequest(source.App.Image, request.As, request.Domain),
            image with { Reference = source.App.Image },
            new Dictionary<Core.Names.InstanceName, string>(),
            cancellation);
        var inventory = await seams.Runtime.ListAsync(cancellation);
        return new CloneFacts(source, record!.Desired, target with { Config = source.Config })
        {
            Volumes = [.. inventory.Volumes.Where(volume => volume.Owner.Instance == request.Source).Select(volume => volume.Name)],
        };
    }

    private async Task TakeOverAsync(CloneRequest request, ClonePlan plan, string operation, CancellationToken cancellation)
    {
        var values = await seams.Vault.ReadAsync(request.Source, cancellation);
        foreach (var (kept, original) in plan.Values)
        {
            if (values.TryGetValue(original, out var value))
            {
                await seams.Vault.EnsureAsync(request.As, kept, operation, _ => new Secret(value.Reveal()), cancellation);
            }
        }
    }

    /// <summary>Answers for how long the source was held still, in milliseconds.</summary>
    private async Task<long> CopyAsync(
        CloneRequest request, CloneFacts facts, ClonePlan plan, Operation operation, CancellationToken cancellation)
    {
        if (plan.Volumes.Count == 0)
        {
            return 0;
        }

        var runs = facts.State is DesiredState.Started;
        try
        {
            await operation.StepAsync(
                runs ? $"hold {request.Source} still" : $"keep {request.Source} as it is",
                () => BorrowAsync(request, facts, operation.Id, cancellation),
                undo: () => GiveUpAsync(operation.Id));
            foreach (var copy in plan.Volumes)
            {
                var place = _copier.PlaceOf(copy, request.As, operation.Id);
                await operation.StepAsync(
                    $"copy the volume {copy.From.Role}",
                    () => _copier.CopyAsync(copy, place, CopyingImage(facts.Source), OwnerOf(request, operation.Id), cancellation),
                    undo: () => seams.Runtime.RemoveAsync(place, CancellationToken.None));
            }

            var lent = await operation.StepAsync(
                runs ? $"let {request.Source} go on" : $"give {request.Source} free", EngineJson.Default.Int64, () => ReturnAsync(operation.Id));
            return runs ? lent : 0;
        }
        finally
        {
            // Whatever became of the copy, nobody waits for it any more.
            loans.Find(operation.Id)?.Returned.TrySetResult();
        }
    }

    /// <summary>The lock of the source is had by an operation of its own: it is undone, whatever becomes of this one.</summary>
    private async Task BorrowAsync(CloneRequest request, CloneFacts facts, string operation, CancellationToken cancellation)
    {
        var loan = loans.Open(operation);
        try
        {
            await runner.StartAsync(
                _lend,
                new LendRequest(request.Source, request.As, facts.Source.Number, facts.State, operation),
                $"clone to {request.As}",
                cancellation);
        }
        catch
        {
            loans.Close(operation);
            throw;
        }

        await loan.Held.Task.WaitAsync(cancellation);
    }

    /// <summary>How the source goes on is told by the operation that held it.</summary>
    private async Task GiveUpAsync(string operation) => await ((Task)ReturnAsync(operation)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Answers for how long it was lent, in milliseconds.</summary>
    private async Task<long> ReturnAsync(string operation)
    {
        if (loans.Find(operation) is not { } loan)
        {
            return 0;
        }

        loan.Returned.TrySetResult();
        loans.Close(operation);
        return (long)(await loan.Over.Task).TotalMilliseconds;
    }

    /// <summary>One of Nua's own, where there is one: what is in others, nobody knows.</summary>
    private static string CopyingImage(Deployment source) =>
        (source.Workloads.FirstOrDefault(workload => workload.HasAgent) ?? source.App).ImageId;

    private Ownership OwnerOf(CloneRequest request, string operation) =>
        new(seams.Names.Server, request.As, operation, WorkloadPlan.OneOffRole);
}
