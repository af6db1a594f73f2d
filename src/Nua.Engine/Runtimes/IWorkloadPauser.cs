namespace Nua.Engine.Runtimes;

/// <summary>
/// A driver that can hold a workload still with all it has in memory. Optional: a driver that cannot does not implement it.
/// <see cref="IRuntimeDriver.StartAsync"/> lets go on what is held, too, and <see cref="IRuntimeDriver.StopAsync"/> ends it. A command that is to
/// run in it is refused with <see cref="PausedCode"/>, and has not begun.
/// Every implementation passes <c>RuntimeDriverContract</c>.
/// </summary>
public interface IWorkloadPauser
{
    /// <summary>The code of the refusal to run a command in what is held still.</summary>
    const string PausedCode = "runtime.workload-paused";

    /// <summary>Gives no process of it the processor any more. What is held already, does not run or is not there stays as it is.</summary>
    Task PauseAsync(WorkloadId id, CancellationToken cancellation);

    /// <summary>Lets it go on where it was. What is not held, or is not there, stays as it is.</summary>
    Task ResumeAsync(WorkloadId id, CancellationToken cancellation);
}
