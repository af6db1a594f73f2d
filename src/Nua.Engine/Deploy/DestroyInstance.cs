using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Operations;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>A wish to be rid of an instance.</summary>
/// <param name="Instance">Which one.</param>
/// <param name="WithData">Its volumes and credentials too.</param>
/// <param name="AcceptDataLoss">The override for data of which no recovery point was verified.</param>
public sealed record DestroyRequest(InstanceName Instance, bool WithData = false, bool AcceptDataLoss = false)
{
    /// <summary>Whether it is a shared server that was made for a deployment that came to nothing: its data is nobody's.</summary>
    public bool IsUnused { get; init; }
}

/// <summary>Removes an instance. Its data stays, so that deploying it again goes on where it was, unless asked otherwise.</summary>
public sealed class DestroyInstance(EngineSeams seams) : UseCase<DestroyRequest, InstanceResult>(
    "destroy", EngineJson.Default.DestroyRequest, EngineJson.Default.InstanceResult)
{
    private readonly InstanceRunner _instance = new(seams);

    public override string SubjectOf(DestroyRequest request) => request.Instance.ToString();

    public override async Task<InstanceResult> RunAsync(DestroyRequest request, Operation operation, CancellationToken cancellation)
    {
        var deployment = await seams.CurrentDeploymentAsync(
            request.Instance, operation, cancellation, removedToo: request.WithData);
        if (deployment.IsSharedServer)
        {
            await operation.StepAsync("see that nobody has anything in it", () => MustBeEmptyAsync(deployment, cancellation));
        }
        else if (request.IsUnused)
        {
            // Somebody deployed an app of that name since: its data is not given up.
            throw new NuaException(ShareProblems.NameTaken(deployment.Instance, deployment.AppId));
        }

        if (request is { WithData: true, IsUnused: false })
        {
            await DataGate.PassAsync(operation, request.AcceptDataLoss, () => AtStakeAsync(request, cancellation));
        }

        await operation.CommitAsync(
            "record that it is removed",
            () => seams.Journal.SetDesiredAsync(request.Instance, DesiredState.Removed, cancellation));
        // Decided: whoever cancels now would leave half of it, which nothing would ever finish.
        await operation.StepAsync("take it down", () => _instance.TakeDownAsync(deployment, CancellationToken.None));
        await operation.StepAsync("remove its workloads and network", () => RemoveAsync(deployment, CancellationToken.None));
        if (request.WithData)
        {
            // Half of the data is none: whoever deployed on it now would begin with a broken database.
            await operation.FinishAsync("destroy its data", () => DestroyDataAsync(deployment, CancellationToken.None));
        }

        return new InstanceResult(request.Instance, DesiredState.Removed, deployment.Number);
    }

    private async Task<DataAtStake> AtStakeAsync(DestroyRequest request, CancellationToken cancellation)
    {
        foreach (var server in await ServersAsync(request.Instance, cancellation))
        {
            // What is to be dropped is dropped by the server that it is in: it must not stand still.
            if (await seams.FindServerAsync(server, cancellation) is { Desired: not DesiredState.Started } resting)
            {
                throw new NuaException(ShareProblems.ServerAtRest(resting));
            }
        }

        var inventory = await seams.Runtime.ListAsync(cancellation);
        var volumes = inventory.Volumes.Where(volume => volume.Owner.Instance == request.Instance).Select(volume => volume.Name);
        var history = await seams.Journal.HistoryAsync(request.Instance, cancellation);
        return new DataAtStake(
            request.Instance,
            "destroyed",
            [.. volumes.Order(StringComparer.Ordinal)],
            request.AcceptDataLoss,
            $"Keep the data with 'nua destroy {request.Instance}', or give it up with --with-data --accept-data-loss.")
        {
            Databases = [.. history.SelectMany(deployment => deployment.Tenancies).Select(DataAtStake.NameOf).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>Those who are about to move in are in its networks before the journal knows of them.</summary>
    private async Task MustBeEmptyAsync(Deployment server, CancellationToken cancellation)
    {
        var tenants = await seams.HoldersOfAsync(server.Instance, cancellation);
        var inventory = await seams.Runtime.ListAsync(cancellation);
        var joined = inventory.Workloads.Where(workload => workload.Owner.Instance == server.Instance).SelectMany(workload => workload.FurtherNetworks).ToHashSet();
        ShareProblems.Refuse(
            server.Instance,
            tenants.Concat(inventory.Networks.Where(network => joined.Contains(network.Name)).Select(network => network.Owner.Instance)));
    }

    /// <summary>The shared servers it ever had something in.</summary>
    private async Task<IReadOnlyList<InstanceName>> ServersAsync(InstanceName instance, CancellationToken cancellation) =>
        [.. (await seams.Journal.HistoryAsync(instance, cancellation)).SelectMany(deployment => deployment.Servers).Distinct()];

    private async Task RemoveAsync(Deployment deployment, CancellationToken cancellation)
    {
        var inventory = await seams.Runtime.ListAsync(cancellation);
        var oneOffs = inventory.Workloads
            .Where(workload => workload.Owner.Instance == deployment.Instance && workload.Owner.Role == WorkloadPlan.OneOffRole)
            .Select(workload => workload.Id);
        foreach (var workload in oneOffs.Concat(deployment.Workloads.Reverse().Select(workload => new WorkloadId(workload.Name))))
        {
            await seams.Runtime.RemoveAsync(workload, cancellation);
        }

        await _instance.RemoveNetworkAsync(deployment.Network, cancellation);
    }

    private async Task DestroyDataAsync(Deployment deployment, CancellationToken cancellation)
    {
        var inventory = await seams.Runtime.ListAsync(cancellation);
        foreach (var volume in inventory.Volumes.Where(volume => volume.Owner.Instance == deployment.Instance))
        {
            await seams.Runtime.RemoveVolumeAsync(volume.Name, cancellation);
        }

        foreach (var server in await ServersAsync(deployment.Instance, cancellation))
        {
            await _instance.Tenants.DismissAsync(server, TenantMark.Of(deployment.Instance), cancellation);
        }

        await seams.Vault.ForgetAsync(deployment.Instance, cancellation);
        await seams.Journal.SetDesiredAsync(deployment.Instance, DesiredState.Erased, cancellation);
    }
}
