namespace Nua.Engine.Runtimes;

/// <summary>
/// A driver that can tell what a workload uses. Optional: a driver that cannot does not implement it.
/// Every implementation passes <c>RuntimeDriverContract</c>.
/// </summary>
public interface IWorkloadMeter
{
    /// <summary>What it uses now; <see langword="null"/> when it does not run or is not there.</summary>
    Task<WorkloadUse?> MeasureAsync(WorkloadId id, CancellationToken cancellation);
}

/// <summary>What a workload uses.</summary>
/// <param name="MemoryBytes">Memory it holds, without the files that are only kept at hand.</param>
/// <param name="MemoryAllowedBytes">The most it may hold: its bound, or all there is.</param>
/// <param name="Processor">Time of the processor, all cores together, since it was started.</param>
/// <param name="Processes">Processes and threads.</param>
public sealed record WorkloadUse(long MemoryBytes, long MemoryAllowedBytes, TimeSpan Processor, long Processes);
