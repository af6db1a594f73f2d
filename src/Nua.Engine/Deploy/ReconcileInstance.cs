using Nua.Core.Names;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Brings one instance back to what the journal says it should be, after a crash, a reboot or outside meddling.</summary>
public sealed class ReconcileInstance(EngineSeams seams) : UseCase<InstanceRequest, InstanceResult>(
    "reconcile", EngineJson.Default.InstanceRequest, EngineJson.Default.InstanceResult)
{
    private readonly InstanceRunner _instance = new(seams);

    public override bool GivesWay => true;

    public override string SubjectOf(InstanceRequest request) => request.Instance.ToString();

    public override async Task<InstanceResult> RunAsync(InstanceRequest request, Operation operation, CancellationToken cancellation)
    {
        await operation.CommitAsync("begin", () => Task.CompletedTask);
        var record = await seams.Journal.FindAsync(request.Instance, cancellation);
        var deployment = record is { IsThere: true }
            ? await seams.Journal.DeploymentAsync(request.Instance, record.Deployment, cancellation)
            : null;
        await operation.StepAsync("remove what nobody needs", () => RemoveStrayAsync(request.Instance, deployment, cancellation));
        if (deployment is not null)
        {
            await (record!.Desired switch
            {
                DesiredState.Started => operation.StepAsync("bring it up", () => _instance.BringUpAsync(deployment, cancellation)),
                DesiredState.Paused => operation.StepAsync("hold it still", () => _instance.HoldAsync(deployment, cancellation)),
                _ => operation.StepAsync("take it down", () => _instance.TakeDownAsync(deployment, cancellation)),
            });
        }

        return new InstanceResult(request.Instance, record?.Desired ?? DesiredState.Removed, deployment?.Number ?? 0);
    }

    /// <summary>Workloads and networks of the instance that its current deployment does not have. Never a volume.</summary>
    private async Task RemoveStrayAsync(InstanceName instance, Deployment? deployment, CancellationToken cancellation)
    {
        var inventory = await seams.Runtime.ListAsync(seams.Names.Server, cancellation);
        foreach (var stray in Drift.Strays(inventory, instance, deployment))
        {
            await seams.Runtime.RemoveAsync(stray.Id, cancellation);
        }

        if (deployment is not null && Drift.CutOff(inventory, deployment) is { } unreachable)
        {
            await seams.Runtime.RemoveAsync(unreachable.Id, cancellation);
        }

        if (deployment is null)
        {
            foreach (var network in inventory.Networks.Where(network => network.Owner.Instance == instance))
            {
                await seams.Runtime.RemoveNetworkAsync(network.Name, cancellation);
            }

            foreach (var route in (await seams.Gateway.ListAsync(cancellation)).Where(route => route.Instance == instance.ToString()))
            {
                await seams.Gateway.WithdrawAsync(route.Domain, cancellation);
            }
        }
    }
}
