using Docker.DotNet.Models;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes.Docker;

/// <content>Containers in networks that were not made for them.</content>
public sealed partial class DockerDriver
{
    public async Task JoinAsync(WorkloadId id, string network, IReadOnlyList<string> aliases, CancellationToken cancellation)
    {
        if (await FindContainerAsync(id, cancellation) is not { } container || !IsOurs(container.Config?.Labels))
        {
            throw new NuaException(RuntimeProblems.WorkloadMissing(id));
        }

        if (await FindNetworkAsync(network, cancellation) is { } found)
        {
            RefuseForeign("network", network, found.Labels);
        }

        if (container.NetworkSettings?.Networks?.TryGetValue(network, out var there) is true)
        {
            if (ContainerView.AliasesOf(container, there).IsSupersetOf(aliases))
            {
                return;
            }

            await LeaveAsync(id, network, cancellation);
        }

        var request = new NetworkConnectParameters
        {
            Container = container.ID,
            EndpointConfig = new EndpointSettings { Aliases = [.. aliases] },
        };
        await _engine.AskAsync(
            $"let '{id}' into the network '{network}'", client => client.Networks.ConnectNetworkAsync(network, request, cancellation), cancellation);
    }

    public async Task LeaveAsync(WorkloadId id, string network, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is { } workload && workload.FurtherNetworks.Contains(network))
        {
            // By force: a container that does not run is in it, too.
            var request = new NetworkDisconnectParameters { Container = id.Value, Force = true };
            await UnlessGoneAsync(
                $"take '{id}' out of the network '{network}'",
                client => client.Networks.DisconnectNetworkAsync(network, request, cancellation),
                cancellation);
        }
    }
}
