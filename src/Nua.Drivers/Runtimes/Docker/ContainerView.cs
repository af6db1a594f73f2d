using System.Globalization;
using Docker.DotNet.Models;
using Nua.Engine.Runtimes;
using ContainerState = Docker.DotNet.Models.State;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>Reads a <see cref="Workload"/> out of what the engine says of a container. Pure.</summary>
internal static class ContainerView
{
    private const string AnyNetwork = "default";
    private const string EnginesOwn = "bridge";

    /// <summary><see langword="null"/> when the container is not Nua's.</summary>
    public static Workload? Of(ContainerInspectResponse container)
    {
        if (OwnerLabels.Read(container.Config?.Labels) is not { } owner)
        {
            return null;
        }

        var state = container.State!;
        var status = StatusOf(state);
        return new Workload(
            new WorkloadId(container.Name.TrimStart('/')),
            owner,
            status,
            container.Config!.Image,
            AddressOf(container),
            status is WorkloadStatus.Stopped or WorkloadStatus.Restarting ? (int)state.ExitCode : null,
            StartOf(state),
            state.OOMKilled,
            (int)container.RestartCount)
        {
            FurtherNetworks = FurtherNetworksOf(container),
        };
    }

    /// <summary>The names it was given in a network. Older engines add the beginning of its id to them.</summary>
    public static HashSet<string> AliasesOf(ContainerInspectResponse container, EndpointSettings endpoint) =>
        [.. (endpoint.Aliases ?? []).Where(alias => !container.ID.StartsWith(alias, StringComparison.Ordinal))];

    private static string[] FurtherNetworksOf(ContainerInspectResponse container)
    {
        var own = container.HostConfig?.NetworkMode is null or AnyNetwork ? EnginesOwn : container.HostConfig.NetworkMode;
        return [.. (container.NetworkSettings?.Networks?.Keys ?? []).Where(network => network != own)];
    }

    // While it restarts a container, the engine also calls it running.
    private static WorkloadStatus StatusOf(ContainerState state) =>
        state.Restarting ? WorkloadStatus.Restarting
        : state.Paused ? WorkloadStatus.Paused
        : state.Running ? WorkloadStatus.Running
        : WorkloadStatus.Stopped;

    /// <summary>In the network it was made for: somebody may have put it into others since, or taken it out of that one.</summary>
    private static string? AddressOf(ContainerInspectResponse container) =>
        container.NetworkSettings?.Networks?
            .Where(network => container.HostConfig?.NetworkMode is null or AnyNetwork || network.Key == container.HostConfig.NetworkMode)
            .Select(network => network.Value.IPAddress)
            .FirstOrDefault(address => !string.IsNullOrEmpty(address));

    private static DateTimeOffset? StartOf(ContainerState state) =>
        DateTimeOffset.TryParse(state.StartedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year > 1
            ? at
            : null;
}
