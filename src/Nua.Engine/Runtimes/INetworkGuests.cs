namespace Nua.Engine.Runtimes;

/// <summary>
/// A driver that can have a workload in further networks beside the one it was made for: there it is a guest, under names of that
/// network's own. It is no part of the spec, so a workload that is made anew is in its own network alone. Optional: a driver that
/// cannot does not implement it. Every implementation passes <c>RuntimeDriverContract</c>.
/// </summary>
public interface INetworkGuests
{
    /// <summary>
    /// Has the workload in the network, where it is reached by these names. What is there under them already keeps its connections;
    /// one that does not run is there when it is started.
    /// </summary>
    Task JoinAsync(WorkloadId id, string network, IReadOnlyList<string> aliases, CancellationToken cancellation);

    /// <summary>Takes the workload out of a network that it joined. Its own it never leaves; what has gone is left already.</summary>
    Task LeaveAsync(WorkloadId id, string network, CancellationToken cancellation);
}
