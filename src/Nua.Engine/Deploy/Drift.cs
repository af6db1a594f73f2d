using Nua.Core.Names;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Says where reality differs from what the journal wants, in the order in which it is mended. Pure.</summary>
internal static class Drift
{
    /// <summary>Nothing when all is as it should be.</summary>
    /// <param name="record">What is wanted of an instance.</param>
    /// <param name="deployment">Its current deployment; <see langword="null"/>: it is to be gone.</param>
    /// <param name="reality">What the engine and the gateway have of it.</param>
    public static IReadOnlyList<Difference> Of(InstanceRecord? record, Deployment? deployment, Reality.OfInstance reality) => record?.Desired switch
    {
        DesiredState.Started => [.. Strays(reality, deployment, deployment!.WebPort is null ? null : deployment.Domain), .. NotUp(reality, deployment)],
        DesiredState.Stopped => [.. Strays(reality, deployment, domain: null), .. NotDown(reality, deployment!)],
        DesiredState.Paused => [.. Strays(reality, deployment, deployment!.WebPort is null ? null : deployment.Domain), .. NotHeld(reality, deployment)],
        _ => [.. Strays(reality, deployment: null, domain: null)],
    };

    /// <summary>What the instance has and its current deployment has not; visitors first, so that none meets what is going.</summary>
    private static IEnumerable<Difference> Strays(Reality.OfInstance reality, Deployment? deployment, string? domain) =>
    [
        .. from route in reality.Routes
           where route.Domain != domain
           select new Difference.StrayRoute(route.Domain),
        .. from workload in reality.Workloads
           where deployment?.Workloads.Any(wanted => wanted.Name == workload.Id.Value) is not true
           select new Difference.Stray(workload),
        .. from network in reality.Networks
           where network.Name != deployment?.Network
           select new Difference.StrayNetwork(network.Name),
    ];

    private static IEnumerable<Difference> NotUp(Reality.OfInstance reality, Deployment deployment)
    {
        var hasNetwork = reality.Networks.Any(network => network.Name == deployment.Network);
        if (!hasNetwork)
        {
            yield return new Difference.NoNetwork();
        }

        foreach (var volume in deployment.Volumes.Where(volume => reality.Volumes.All(found => found.Name != volume.Name)))
        {
            yield return new Difference.NoVolume(volume);
        }

        foreach (var server in deployment.Servers.Where(server => IsLockedOut(reality, server, deployment.Network)))
        {
            yield return new Difference.LockedOut(server);
        }

        foreach (var difference in deployment.Workloads.Select(workload => Ailing(reality, workload, hasNetwork)).OfType<Difference>())
        {
            yield return difference;
        }

        if (deployment.WebPort is { } port && !IsLedTo(reality, deployment, port))
        {
            yield return new Difference.Misrouted(deployment.Domain);
        }
    }

    /// <summary>One that does not run is let in when it does.</summary>
    private static bool IsLockedOut(Reality.OfInstance reality, InstanceName server, string network) =>
        reality.Servers[server].Any(workload =>
            workload is { Status: WorkloadStatus.Running, Owner.Role: WorkloadPlan.AppRole } && !workload.FurtherNetworks.Contains(network));

    private static Difference? Ailing(Reality.OfInstance reality, WorkloadPlan plan, bool hasNetwork) => reality.Find(plan) switch
    {
        null => new Difference.Idle(plan, Now: null),
        _ when !hasNetwork => new Difference.CutOff(plan),
        { Status: WorkloadStatus.Running, Address: null } => new Difference.CutOff(plan),
        { Status: WorkloadStatus.Running } => null,
        var idle => new Difference.Idle(plan, idle),
    };

    /// <summary>What has no address now gets another one.</summary>
    private static bool IsLedTo(Reality.OfInstance reality, Deployment deployment, int port) =>
        reality.Find(deployment.App)?.Address is { } address
        && reality.Routes.Any(route => route.Domain == deployment.Domain && route.Address == new Uri($"http://{address}:{port}/"));

    /// <summary>The app before what it stands on.</summary>
    private static IEnumerable<Difference> NotDown(Reality.OfInstance reality, Deployment deployment) =>
        from workload in deployment.Workloads.Reverse()
        where reality.Find(workload) is { Status: not WorkloadStatus.Stopped }
        select new Difference.Busy(workload);

    /// <summary>What was ended meanwhile, by a reboot perhaps, may stay so: nothing of it runs, which is what was asked.</summary>
    private static IEnumerable<Difference> NotHeld(Reality.OfInstance reality, Deployment deployment)
    {
        if (deployment.WebPort is not null && !reality.Routes.Contains(InstanceRunner.HeldRouteOf(deployment)))
        {
            yield return new Difference.Unexcused(deployment.Domain);
        }

        foreach (var workload in deployment.Workloads.Reverse())
        {
            if (reality.Find(workload) is { Status: WorkloadStatus.Running or WorkloadStatus.Restarting })
            {
                yield return new Difference.Restless(workload);
            }
        }
    }
}
