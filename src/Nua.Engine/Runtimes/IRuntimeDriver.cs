namespace Nua.Engine.Runtimes;

/// <summary>Runs workloads on one kind of engine: Docker, Podman, LXC, Swarm, Kubernetes.</summary>
/// <remarks>
/// A driver serves one Nua server: what carries no labels, or another server's, is foreign to it; it is neither found nor changed.
/// Every member is idempotent: making what is there, starting what runs, stopping what stands and removing what is gone
/// all succeed. A driver remembers nothing: whatever it needs to find its objects again it writes on the engine, as
/// labels. It fails only with a <see cref="Core.Problems.NuaException"/> whose code starts with <c>runtime.</c>:
/// <c>runtime.unreachable</c>, <c>runtime.image-missing</c>, <c>runtime.workload-missing</c>, <c>runtime.name-taken</c>
/// (a foreign object has the name), <c>runtime.port-taken</c>, <c>runtime.disk-full</c>, <c>runtime.no-addresses</c>,
/// <c>runtime.option-refused</c>, <c>runtime.workload-stopped</c> and <c>runtime.workload-paused</c> (a command was to run in it),
/// <c>runtime.refused</c>.
/// Every implementation, the in-memory one included, passes <c>RuntimeDriverContract</c>.
/// </remarks>
public interface IRuntimeDriver
{
    /// <summary>The name an operator writes in the settings, such as <c>docker</c>.</summary>
    string Name { get; }

    /// <summary>Answers with the engine's name and version when it can be reached.</summary>
    Task<string> PingAsync(CancellationToken cancellation);

    /// <summary>Makes the network, or finds it made.</summary>
    Task EnsureNetworkAsync(NetworkSpec spec, CancellationToken cancellation);

    /// <summary>Removes the network; one that running workloads use is refused.</summary>
    Task RemoveNetworkAsync(string name, CancellationToken cancellation);

    /// <summary>Makes the volume, or finds it made; what is in it stays.</summary>
    Task EnsureVolumeAsync(VolumeSpec spec, CancellationToken cancellation);

    /// <summary>Destroys the volume's data. Callers pass the gate of proof first.</summary>
    Task RemoveVolumeAsync(string name, CancellationToken cancellation);

    /// <summary>
    /// Runs the workload, creating it when it is not there. The engine restarts it when its program ends and after a
    /// reboot, until it is stopped. One that was made from another spec, or given other secrets, is replaced. A first start
    /// that fails leaves nothing.
    /// </summary>
    Task<Workload> StartAsync(WorkloadSpec spec, CancellationToken cancellation);

    /// <summary>
    /// Lays the spec's secrets where the workload's programs find them when they are started next; what runs goes on, and the
    /// workload counts as given these. One that is not there stays so.
    /// </summary>
    Task RenewSecretsAsync(WorkloadSpec spec, CancellationToken cancellation);

    /// <summary>Asks its program to end, and ends it after <paramref name="grace"/>. Its container stays.</summary>
    Task StopAsync(WorkloadId id, TimeSpan grace, CancellationToken cancellation);

    /// <summary>
    /// Ends the workload at once (<see cref="StopAsync"/> first lets it end well) and removes its container and its secrets.
    /// Named volumes stay.
    /// </summary>
    Task RemoveAsync(WorkloadId id, CancellationToken cancellation);

    /// <summary>The workload as it is; <see langword="null"/> when there is none of that name, or it is not Nua's.</summary>
    Task<Workload?> FindAsync(WorkloadId id, CancellationToken cancellation);

    /// <summary>Everything on the engine that belongs to the driver's server.</summary>
    Task<Inventory> ListAsync(CancellationToken cancellation);

    /// <summary>Runs a command in the workload. Of what it writes, the last mebibyte of each stream is kept.</summary>
    Task<ExecOutcome> ExecAsync(WorkloadId id, ExecCommand command, CancellationToken cancellation);

    /// <summary>What the workload wrote, oldest first.</summary>
    IAsyncEnumerable<LogLine> ReadLogAsync(WorkloadId id, LogRequest request, CancellationToken cancellation);
}
