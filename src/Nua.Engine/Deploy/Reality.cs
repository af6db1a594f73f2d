using Nua.Core.Names;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What there is, sorted by instance once: a look at one of a thousand must not go through all that the others have.</summary>
internal sealed class Reality(Inventory inventory, IReadOnlyList<Route> routes)
{
    private readonly ILookup<InstanceName, Workload> _workloads = inventory.Workloads.ToLookup(workload => workload.Owner.Instance);
    private readonly ILookup<InstanceName, OwnedObject> _networks = inventory.Networks.ToLookup(network => network.Owner.Instance);
    private readonly ILookup<InstanceName, OwnedObject> _volumes = inventory.Volumes.ToLookup(volume => volume.Owner.Instance);
    private readonly ILookup<string, Route> _routes = routes.ToLookup(route => route.Instance);

    /// <summary>Whatever has a workload or a network.</summary>
    public IEnumerable<InstanceName> Instances => _workloads.Concat<IGrouping<InstanceName, object>>(_networks).Select(group => group.Key).Distinct();

    /// <summary>What there is of one instance.</summary>
    public OfInstance Of(InstanceName instance) => new(
        // But those of one-off commands, whose operations remove them.
        [.. _workloads[instance].Where(workload => workload.Owner.Role != WorkloadPlan.OneOffRole)],
        [.. _networks[instance]],
        [.. _volumes[instance]],
        [.. _routes[instance.ToString()]])
    {
        Servers = _workloads,
    };

    /// <summary>What there is of one instance.</summary>
    public sealed record OfInstance(
        IReadOnlyList<Workload> Workloads, IReadOnlyList<OwnedObject> Networks, IReadOnlyList<OwnedObject> Volumes, IReadOnlyList<Route> Routes)
    {
        /// <summary>What there is of shared servers, by the instances that they are.</summary>
        public ILookup<InstanceName, Workload> Servers { get; init; } = Array.Empty<Workload>().ToLookup(workload => workload.Owner.Instance);

        public Workload? Find(WorkloadPlan plan) => Workloads.FirstOrDefault(workload => workload.Id.Value == plan.Name);
    }
}
