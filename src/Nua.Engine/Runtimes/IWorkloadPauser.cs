namespace Nua.Engine.Runtimes;

/// <summary>
/// A driver that can hold a workload still with all it has in memory. Optional: a driver that cannot does not implement it.
/// <see cref="IRuntimeDriver.StartAsync"/> lets go on what is held, <see cref="IRuntimeDriver.StopAsync"/> ends it.
/// Every implementation passes <c>RuntimeDriverContract</c>.
/// </summary>
public interface IWorkloadPauser
{
    /// <summary>Gives no process of it the processor any more. What is held already, does not run or is not there stays as it is.</summary>
    Task PauseAsync(WorkloadId id, CancellationToken cancellation);
}
