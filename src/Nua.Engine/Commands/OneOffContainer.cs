using System.Text.Json.Serialization.Metadata;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Commands;

/// <summary>
/// A container of its own for one command, made after the app's: it goes when the command ends, and after a crash with what it
/// was in the middle of.
/// </summary>
internal sealed class OneOffContainer(EngineSeams seams, OneOffGate gate)
{
    private readonly InstanceRunner _instance = new(seams);

    /// <param name="operation">The operation these are steps of.</param>
    /// <param name="deployment">Whose app's image, environment, volumes and network it has.</param>
    /// <param name="key">Tells its container from all others of the instance.</param>
    /// <param name="step">What the journal calls the command.</param>
    /// <param name="json">How the journal keeps its result.</param>
    /// <param name="run">Runs it there.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<T> RunAsync<T>(
        Operation operation,
        Deployment deployment,
        string key,
        string step,
        JsonTypeInfo<T> json,
        Func<WorkloadId, Task<T>> run,
        CancellationToken cancellation)
    {
        var place = new WorkloadId(seams.Names.OneOff(deployment.Instance, key));
        await operation.StepAsync(
            "make a container for it",
            () => gate.PassAsync(
                deployment.Instance, () => _instance.StartIdleAsync(deployment, place, operation.Id, cancellation), cancellation),
            undo: () => seams.Runtime.RemoveAsync(place, CancellationToken.None));
        var result = await operation.StepAsync(step, json, () => BeginAsync(deployment.Instance, place, run, cancellation));
        await operation.CommitAsync("note how it ended", () => Task.CompletedTask);
        await operation.TidyAsync("remove the container", () => seams.Runtime.RemoveAsync(place, CancellationToken.None));
        return result;
    }

    /// <summary>The container may be held still before anything has begun in it: then it begins later.</summary>
    private async Task<T> BeginAsync<T>(
        InstanceName instance, WorkloadId place, Func<WorkloadId, Task<T>> run, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await run(place);
            }
            catch (NuaException refusal) when (refusal.Problem.Code == IWorkloadPauser.PausedCode)
            {
                await gate.WhenOpenAsync(instance, cancellation);
                if (await seams.Runtime.FindAsync(place, cancellation) is { Status: WorkloadStatus.Paused })
                {
                    // By somebody else, for as long as they please.
                    throw;
                }
            }
        }
    }
}
