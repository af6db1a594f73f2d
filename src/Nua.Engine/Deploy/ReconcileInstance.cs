using System.Diagnostics;
using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What a reconciliation came to.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="State">What is wanted of it.</param>
/// <param name="Repairs">What was found and done, a sentence each, in order.</param>
public sealed record ReconcileResult(InstanceName Instance, DesiredState State, IReadOnlyList<string> Repairs);

/// <summary>
/// Brings one instance back to what the journal says it should be, after a crash, a reboot or outside meddling. Each repair is
/// a step that says what was found and what is done about it.
/// </summary>
public sealed class ReconcileInstance(EngineSeams seams) : UseCase<InstanceRequest, ReconcileResult>(
    Name, EngineJson.Default.InstanceRequest, EngineJson.Default.ReconcileResult)
{
    /// <summary>What the journal calls it.</summary>
    public const string Name = "reconcile";

    private readonly InstanceRunner _instance = new(seams);

    public override bool GivesWay => true;

    public override string SubjectOf(InstanceRequest request) => request.Instance.ToString();

    public override async Task<ReconcileResult> RunAsync(InstanceRequest request, Operation operation, CancellationToken cancellation)
    {
        // It gives way, so it is never told again: what it finds need not be journaled.
        var (desired, deployment, differences) = (DesiredState.Removed, default(Deployment), default(IReadOnlyList<Difference>));
        await operation.CommitAsync(
            "compare what there is with what is wanted",
            async () => (desired, deployment, differences) = await LookAsync(request.Instance, cancellation));
        foreach (var difference in differences!)
        {
            await operation.StepAsync(difference.ToString(), () => MendAsync(difference, deployment, cancellation));
        }

        return new ReconcileResult(request.Instance, desired, [.. differences.Select(difference => difference.ToString())]);
    }

    private async Task<(DesiredState Desired, Deployment? Deployment, IReadOnlyList<Difference> Differences)> LookAsync(
        InstanceName instance, CancellationToken cancellation)
    {
        var record = await seams.Journal.FindAsync(instance, cancellation);
        var deployment = record is { IsThere: true }
            ? await seams.Journal.DeploymentAsync(instance, record.Deployment, cancellation)
            : null;
        var inventory = await seams.Runtime.ListAsync(cancellation);
        var routes = await seams.Gateway.ListAsync(cancellation);
        return (record?.Desired ?? DesiredState.Removed, deployment, Drift.Of(record, deployment, new Reality(inventory, routes).Of(instance)));
    }

    private Task MendAsync(Difference difference, Deployment? deployment, CancellationToken cancellation) => difference switch
    {
        Difference.Stray stray => seams.Runtime.RemoveAsync(stray.Workload.Id, cancellation),
        Difference.StrayNetwork stray => _instance.RemoveNetworkAsync(stray.Network, cancellation),
        Difference.StrayRoute stray => seams.Gateway.WithdrawAsync(stray.Domain, cancellation),
        Difference.Busy busy => _instance.StopAsync(busy.Workload, cancellation),
        Difference.Restless restless => _instance.RestAsync(restless.Workload, DesiredState.Paused, cancellation),
        _ => MendAsync(difference, deployment!, PackageReader.Read("nua-config.json", deployment!.Config), cancellation),
    };

    private async Task MendAsync(Difference difference, Deployment deployment, Package package, CancellationToken cancellation)
    {
        switch (difference)
        {
            case Difference.NoNetwork:
                await _instance.EnsureNetworkAsync(deployment, cancellation);
                break;
            case Difference.LockedOut:
                await _instance.Tenants.MoveInAsync(deployment, cancellation);
                break;
            case Difference.NoVolume gone:
                await MakeAgainAsync(deployment, gone.Volume, cancellation);
                break;
            case Difference.Idle idle:
                await StartAsync(deployment, idle.Workload, package, cancellation);
                break;
            case Difference.CutOff apart:
                await seams.Runtime.RemoveAsync(new WorkloadId(apart.Workload.Name), cancellation);
                await StartAsync(deployment, apart.Workload, package, cancellation);
                break;
            case Difference.Unexcused:
                await seams.Gateway.PublishAsync(InstanceRunner.HeldRouteOf(deployment), cancellation);
                break;
            case Difference.Misrouted:
                await seams.Gateway.PublishAsync(await _instance.RouteOfAsync(deployment, cancellation), cancellation);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>What lay on the engine is lost: an app that went on without it would write where the data is to be put back.</summary>
    /// <exception cref="NuaException"><c>deploy.volume-gone</c></exception>
    private Task MakeAgainAsync(Deployment deployment, VolumePlan volume, CancellationToken cancellation) => volume.HoldsData
        ? throw new NuaException(DeployProblems.VolumeGone(deployment.Instance, volume.Name))
        : _instance.EnsureVolumeAsync(deployment, volume, cancellation);

    private async Task StartAsync(Deployment deployment, WorkloadPlan workload, Package package, CancellationToken cancellation)
    {
        await _instance.StartAsync(deployment, workload, cancellation);
        await _instance.WaitAsync(deployment, workload, package, cancellation);
    }
}
