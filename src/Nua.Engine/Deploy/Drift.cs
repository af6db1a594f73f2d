using Nua.Core.Names;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Says where reality differs from what the journal wants. Pure.</summary>
internal static class Drift
{
    /// <summary>Why the instance needs reconciling; <see langword="null"/> when all is as it should be.</summary>
    public static string? Of(
        InstanceName instance, InstanceRecord? record, Deployment? deployment, Inventory inventory, IReadOnlyList<Route> routes) =>
        Strays(inventory, instance, deployment) is [var stray, ..]
            ? $"'{stray.Id}' belongs to no current deployment"
            : record?.Desired switch
            {
                DesiredState.Started => NotUp(deployment!, inventory, routes),
                DesiredState.Stopped => NotDown(deployment!, inventory, routes),
                DesiredState.Paused => NotHeld(deployment!, inventory, routes),
                _ => inventory.Networks.Any(network => network.Owner.Instance == instance) ? "its network is left over" : null,
            };

    /// <summary>
    /// The instance's workloads that its current deployment does not have; but those of one-off commands, whose operations remove them.
    /// </summary>
    public static IReadOnlyList<Workload> Strays(Inventory inventory, InstanceName instance, Deployment? deployment) =>
        [.. inventory.Workloads.Where(workload => workload.Owner.Instance == instance
            && workload.Owner.Role != WorkloadPlan.OneOffRole
            && deployment?.Workloads.Any(wanted => wanted.Name == workload.Id.Value) is not true)];

    private static string? NotUp(Deployment deployment, Inventory inventory, IReadOnlyList<Route> routes)
    {
        var idle = deployment.Workloads.FirstOrDefault(workload => Find(inventory, workload) is not { Status: WorkloadStatus.Running });
        if (idle is not null)
        {
            return $"'{idle.Name}' does not run";
        }

        if (CutOff(inventory, deployment) is { } app)
        {
            return $"'{app.Id}' is in no network";
        }

        var address = Find(inventory, deployment.App)!.Address;
        return deployment.WebPort is { } port
            && !routes.Any(route => route.Domain == deployment.Domain && route.Address == new Uri($"http://{address}:{port}/"))
                ? $"{deployment.Domain} does not lead to it"
                : null;
    }

    /// <summary>The app, when it runs and nobody can reach it: it was taken out of its network, and only a new one is in it again.</summary>
    public static Workload? CutOff(Inventory inventory, Deployment deployment) =>
        deployment.WebPort is not null && Find(inventory, deployment.App) is { Status: WorkloadStatus.Running, Address: null } app ? app : null;

    private static string? NotDown(Deployment deployment, Inventory inventory, IReadOnlyList<Route> routes)
    {
        var busy = deployment.Workloads.FirstOrDefault(workload => Find(inventory, workload) is { Status: not WorkloadStatus.Stopped });
        return busy is not null ? $"'{busy.Name}' runs, though it was stopped"
            : routes.Any(route => route.Domain == deployment.Domain) ? $"{deployment.Domain} is still routed"
            : null;
    }

    /// <summary>What was ended meanwhile, by a reboot perhaps, may stay so: nothing of it runs, which is what was asked.</summary>
    private static string? NotHeld(Deployment deployment, Inventory inventory, IReadOnlyList<Route> routes)
    {
        var busy = deployment.Workloads.FirstOrDefault(
            workload => Find(inventory, workload) is { Status: WorkloadStatus.Running or WorkloadStatus.Restarting });
        return busy is not null ? $"'{busy.Name}' runs, though it was paused"
            : deployment.WebPort is not null && !routes.Contains(InstanceRunner.HeldRouteOf(deployment))
                ? $"{deployment.Domain} does not say that it is paused"
                : null;
    }

    private static Workload? Find(Inventory inventory, WorkloadPlan plan) =>
        inventory.Workloads.FirstOrDefault(workload => workload.Id.Value == plan.Name);
}
