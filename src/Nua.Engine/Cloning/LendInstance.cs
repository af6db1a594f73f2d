using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Cloning;

/// <summary>A wish to have an instance stay as it is until it is copied.</summary>
/// <param name="Instance">Which.</param>
/// <param name="To">The copy.</param>
/// <param name="Deployment">What it runs.</param>
/// <param name="State">What is wanted of it: one that is to run is held still.</param>
/// <param name="Key">The operation that copies it.</param>
public sealed record LendRequest(InstanceName Instance, InstanceName To, int Deployment, DesiredState State, string Key);

/// <summary>
/// Holds an instance still while it is copied, and its one-off containers with it: nothing writes to its volumes, so the copy is what a
/// power cut at that moment would have left, which databases are made to go on from. It has the instance's lock meanwhile, so nobody
/// else changes it; of one that is at rest, nothing more is needed. Whatever happens to the copy or to the server, its undo lets all go on.
/// </summary>
public sealed class LendInstance(EngineSeams seams, Loans loans, OneOffGate gate) : UseCase<LendRequest, InstanceResult>(
    "lend", EngineJson.Default.LendRequest, EngineJson.Default.InstanceResult)
{
    /// <summary>Longer than anybody wants visitors turned away.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private readonly InstanceRunner _instance = new(seams);
    private readonly OneOffHold _oneOffs = new(seams, gate);

    public override string SubjectOf(LendRequest request) => request.Instance.ToString();

    public override async Task<InstanceResult> RunAsync(LendRequest request, Operation operation, CancellationToken cancellation)
    {
        var loan = loans.Find(request.Key);
        var begun = seams.Clock.GetTimestamp();
        try
        {
            var deployment = await seams.CurrentDeploymentAsync(request.Instance, operation, cancellation);
            // By itself, for what was not held must not be let go on.
            await operation.StepAsync("see that it is as it was", () => CheckAsync(request, deployment, cancellation));
            await operation.StepAsync(
                "hold it still",
                () => HoldAsync(request, deployment, cancellation),
                undo: () => LetGoAsync(request, deployment));
            loan?.Held.TrySetResult();
            await operation.StepAsync($"wait until {request.To} has its copy", () => WaitAsync(request, loan, cancellation));
            await operation.StepAsync("let it go on", () => LetGoAsync(request, deployment));
            loan?.Over.TrySetResult(seams.Clock.GetElapsedTime(begun));
            return new InstanceResult(request.Instance, request.State, deployment.Number);
        }
        catch (Exception failure)
        {
            loan?.Held.TrySetException(failure);
            loan?.Over.TrySetException(failure);
            throw;
        }
    }

    private async Task CheckAsync(LendRequest request, Deployment deployment, CancellationToken cancellation)
    {
        var record = await seams.Journal.FindAsync(request.Instance, cancellation);
        if (record?.Desired != request.State || deployment.Number != request.Deployment)
        {
            throw new NuaException(CloneProblems.SourceChanged(request.Instance));
        }
    }

    private async Task HoldAsync(LendRequest request, Deployment deployment, CancellationToken cancellation)
    {
        if (request.State is DesiredState.Started)
        {
            await _instance.HoldAsync(deployment, cancellation);
        }

        await _oneOffs.HoldAsync(request.Instance, cancellation);
    }

    private async Task LetGoAsync(LendRequest request, Deployment deployment)
    {
        try
        {
            if (request.State is DesiredState.Started)
            {
                await _instance.BringUpAsync(deployment, CancellationToken.None);
            }
        }
        finally
        {
            await _oneOffs.LetGoAsync(request.Instance, CancellationToken.None);
        }
    }

    private async Task WaitAsync(LendRequest request, Loan? loan, CancellationToken cancellation)
    {
        // Nobody is kept waiting by one that is at rest.
        var limit = request.State is DesiredState.Started ? Longest : Timeout.InfiniteTimeSpan;
        try
        {
            await (loan?.Returned.Task ?? Task.CompletedTask).WaitAsync(limit, seams.Clock, cancellation);
        }
        catch (TimeoutException late)
        {
            throw new NuaException(CloneProblems.TooSlow(request.Instance, Longest), late);
        }
    }
}
