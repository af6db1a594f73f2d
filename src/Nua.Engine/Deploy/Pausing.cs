using Nua.Core.Problems;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Holds an instance still: nothing of it runs, nothing in its memory is lost, and visitors are asked to come again.</summary>
public sealed class PauseInstance(EngineSeams seams) : UseCase<InstanceRequest, InstanceResult>(
    "pause", EngineJson.Default.InstanceRequest, EngineJson.Default.InstanceResult)
{
    private readonly InstanceRunner _instance = new(seams);

    public override string SubjectOf(InstanceRequest request) => request.Instance.ToString();

    public override async Task<InstanceResult> RunAsync(InstanceRequest request, Operation operation, CancellationToken cancellation)
    {
        var deployment = await seams.CurrentDeploymentAsync(request.Instance, operation, cancellation);
        await seams.SpareTenantsAsync(deployment, operation, cancellation);
        await operation.StepAsync("see that it runs", async () =>
        {
            _ = InstanceRunner.PauserOf(seams);
            if (await seams.IsStoppedAsync(request.Instance, cancellation))
            {
                throw new NuaException(DeployProblems.NotRunning(request.Instance));
            }
        });
        await operation.CommitAsync(
            "record that it is to be held still",
            () => seams.Journal.SetDesiredAsync(request.Instance, DesiredState.Paused, cancellation));
        await operation.StepAsync("hold it still", () => _instance.HoldAsync(deployment, cancellation));
        return new InstanceResult(request.Instance, DesiredState.Paused, deployment.Number);
    }
}

/// <summary>Lets an instance go on that was held still, waits until it answers, and lets visitors in again.</summary>
public sealed class UnpauseInstance(EngineSeams seams) : UseCase<InstanceRequest, InstanceResult>(
    "unpause", EngineJson.Default.InstanceRequest, EngineJson.Default.InstanceResult)
{
    private readonly InstanceRunner _instance = new(seams);

    public override string SubjectOf(InstanceRequest request) => request.Instance.ToString();

    public override async Task<InstanceResult> RunAsync(InstanceRequest request, Operation operation, CancellationToken cancellation)
    {
        var deployment = await seams.CurrentDeploymentAsync(request.Instance, operation, cancellation);
        await seams.NeedServersAsync(deployment, operation, cancellation);
        await operation.StepAsync("see that it is paused", async () =>
        {
            if (await seams.IsStoppedAsync(request.Instance, cancellation))
            {
                throw new NuaException(DeployProblems.NotPaused(request.Instance));
            }
        });
        await operation.CommitAsync(
            "record that it is to run",
            () => seams.Journal.SetDesiredAsync(request.Instance, DesiredState.Started, cancellation));
        await operation.StepAsync("let it go on", () => _instance.BringUpAsync(deployment, cancellation));
        return new InstanceResult(request.Instance, DesiredState.Started, deployment.Number);
    }
}
