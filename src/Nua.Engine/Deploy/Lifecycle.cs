using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Names an instance to start, stop or restart.</summary>
public sealed record InstanceRequest(InstanceName Instance);

/// <summary>Where an instance stands after a change of its life.</summary>
public sealed record InstanceResult(InstanceName Instance, DesiredState State, int Deployment);

/// <summary>Starts an instance that was stopped, and waits until it answers.</summary>
public sealed class StartInstance(EngineSeams seams) : UseCase<InstanceRequest, InstanceResult>(
    "start", EngineJson.Default.InstanceRequest, EngineJson.Default.InstanceResult)
{
    private readonly InstanceRunner _instance = new(seams);

    public override string SubjectOf(InstanceRequest request) => request.Instance.ToString();

    public override async Task<InstanceResult> RunAsync(InstanceRequest request, Operation operation, CancellationToken cancellation)
    {
        var deployment = await seams.CurrentDeploymentAsync(request.Instance, operation, cancellation);
        await seams.NeedServersAsync(deployment, operation, cancellation);
        await operation.CommitAsync(
            "record that it is to run",
            () => seams.Journal.SetDesiredAsync(request.Instance, DesiredState.Started, cancellation));
        await operation.StepAsync("bring it up", () => _instance.BringUpAsync(deployment, cancellation));
        return new InstanceResult(request.Instance, DesiredState.Started, deployment.Number);
    }
}

/// <summary>Stops an instance; its data stays.</summary>
public sealed class StopInstance(EngineSeams seams) : UseCase<InstanceRequest, InstanceResult>(
    "stop", EngineJson.Default.InstanceRequest, EngineJson.Default.InstanceResult)
{
    private readonly InstanceRunner _instance = new(seams);

    public override string SubjectOf(InstanceRequest request) => request.Instance.ToString();

    public override async Task<InstanceResult> RunAsync(InstanceRequest request, Operation operation, CancellationToken cancellation)
    {
        var deployment = await seams.CurrentDeploymentAsync(request.Instance, operation, cancellation);
        await seams.SpareTenantsAsync(deployment, operation, cancellation);
        await operation.CommitAsync(
            "record that it is not to run",
            () => seams.Journal.SetDesiredAsync(request.Instance, DesiredState.Stopped, cancellation));
        await operation.StepAsync("take it down", () => _instance.TakeDownAsync(deployment, cancellation));
        return new InstanceResult(request.Instance, DesiredState.Stopped, deployment.Number);
    }
}

/// <summary>Stops an instance and starts it again; its data stays.</summary>
public sealed class RestartInstance(EngineSeams seams) : UseCase<InstanceRequest, InstanceResult>(
    "restart", EngineJson.Default.InstanceRequest, EngineJson.Default.InstanceResult)
{
    private readonly InstanceRunner _instance = new(seams);

    public override string SubjectOf(InstanceRequest request) => request.Instance.ToString();

    public override async Task<InstanceResult> RunAsync(InstanceRequest request, Operation operation, CancellationToken cancellation)
    {
        var deployment = await seams.CurrentDeploymentAsync(request.Instance, operation, cancellation);
        await seams.NeedServersAsync(deployment, operation, cancellation);
        await operation.CommitAsync(
            "record that it is to run",
            () => seams.Journal.SetDesiredAsync(request.Instance, DesiredState.Started, cancellation));
        await operation.StepAsync("take it down", () => _instance.TakeDownAsync(deployment, cancellation));
        await operation.StepAsync("bring it up", () => _instance.BringUpAsync(deployment, cancellation));
        return new InstanceResult(request.Instance, DesiredState.Started, deployment.Number);
    }
}

internal static class CurrentDeployment
{
    /// <summary>Whether the operator wants it stopped.</summary>
    public static async Task<bool> IsStoppedAsync(this EngineSeams seams, InstanceName instance, CancellationToken cancellation) =>
        await seams.Journal.FindAsync(instance, cancellation) is { Desired: DesiredState.Stopped };

    /// <summary>The deployment an existing instance runs, as a journaled step.</summary>
    /// <param name="seams">Where to look.</param>
    /// <param name="instance">Whose deployment.</param>
    /// <param name="operation">The operation it is a step of.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="removedToo">Whether an instance counts that was removed and whose data is still there.</param>
    /// <exception cref="NuaException"><c>deploy.no-instance</c></exception>
    public static Task<Deployment> CurrentDeploymentAsync(
        this EngineSeams seams,
        InstanceName instance,
        Operation operation,
        CancellationToken cancellation,
        bool removedToo = false) => operation.StepAsync(
        "look up the deployment",
        EngineJson.Default.Deployment,
        async () => await seams.Journal.FindAsync(instance, cancellation) is { } record
            && (record.IsThere || (removedToo && record.Desired is DesiredState.Removed))
            && await seams.Journal.DeploymentAsync(instance, record.Deployment, cancellation) is { } deployment
                ? deployment
                : throw new NuaException(DeployProblems.NoInstance(instance)));
}
