using System.Text.Json.Serialization.Metadata;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Commands;

/// <summary>
/// A container of its own for one command, made after the app's: it goes when the command ends, and after a crash with what it
/// was in the middle of.
/// </summary>
internal sealed class OneOffContainer(EngineSeams seams)
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
            () => _instance.StartIdleAsync(deployment, place, operation.Id, cancellation),
            undo: () => seams.Runtime.RemoveAsync(place, CancellationToken.None));
        var result = await operation.StepAsync(step, json, () => run(place));
        await operation.CommitAsync("note how it ended", () => Task.CompletedTask);
        await operation.TidyAsync("remove the container", () => seams.Runtime.RemoveAsync(place, CancellationToken.None));
        return result;
    }
}
