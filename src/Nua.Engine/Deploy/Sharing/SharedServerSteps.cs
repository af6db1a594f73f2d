using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Sharing;

/// <summary>
/// The steps of a deployment that have its shared servers there. A server is an instance, so it is made by an operation of its own,
/// which has its lock and survives a crash by itself; those who want it at the same time wait for each other.
/// </summary>
internal sealed class SharedServerSteps(EngineSeams seams, OperationRunner runner)
{
    /// <summary>Longer than any image takes to be made.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private readonly MakeSharedServer _make = new(seams);
    private readonly DestroyInstance _destroy = new(seams);

    /// <summary>Has the server that the tenancy is in.</summary>
    public async Task HaveAsync(Tenancy tenancy, Operation operation, CancellationToken cancellation)
    {
        var server = tenancy.Server;
        var found = await operation.StepAsync(
            DeploySteps.LookFor(server), EngineJson.Default.SharedServerFacts, () => seams.LookForServerAsync(server, cancellation));
        if (!found.Runs)
        {
            await operation.StepAsync(
                DeploySteps.Make(server),
                () => MakeAsync(new ServerKind(tenancy.Module, tenancy.ModuleVersion), operation, cancellation),
                undo: () => UnmakeAsync(server, found, operation));
        }
    }

    private async Task MakeAsync(ServerKind kind, Operation operation, CancellationToken cancellation)
    {
        while (true)
        {
            // Asked for before the lock is tried: an end in between counts.
            var next = runner.NextEnd;
            try
            {
                await RunAsync(_make, kind, operation, cancellation);
                return;
            }
            catch (NuaException locked) when (locked.Problem.Code == OperationProblems.LockedCode)
            {
                await next.WaitAsync(Patience, seams.Clock, cancellation);
            }
        }
    }

    /// <summary>Somebody else may live in it by now; then it stays.</summary>
    private async Task UnmakeAsync(InstanceName server, SharedServerFacts before, Operation operation)
    {
        try
        {
            await RunAsync(
                _destroy,
                new DestroyRequest(server, WithData: !before.HasData) { IsUnused = true },
                operation,
                CancellationToken.None);
        }
        catch (NuaException refusal) when (refusal.Problem.Code is ShareProblems.InUseCode or ShareProblems.NameTakenCode or "deploy.no-instance")
        {
            operation.Log.Report(refusal.Problem.Message);
        }
    }

    /// <summary>Runs another operation to its end, which is the end of this step.</summary>
    private async Task RunAsync<TRequest, TResult>(
        UseCase<TRequest, TResult> useCase, TRequest request, Operation operation, CancellationToken cancellation)
    {
        var record = await runner.StartAsync(useCase, request, $"operation {operation.Id}", cancellation);
        try
        {
            await FollowAsync(record.Id, operation, cancellation);
        }
        catch (OperationCanceledException)
        {
            runner.Cancel(record.Id);
            await ((Task)FollowAsync(record.Id, operation, CancellationToken.None)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task FollowAsync(string id, Operation operation, CancellationToken cancellation)
    {
        await foreach (var happening in runner.WatchAsync(id, cancellation))
        {
            switch (happening)
            {
                case OperationEvent.Line line:
                    operation.Log.Report(line.Text);
                    break;
                case OperationEvent.Ended { State: OperationState.Succeeded }:
                    return;
                case OperationEvent.Ended { Problem: { } problem }:
                    throw new NuaException(problem);
            }
        }

        // It has no end that could be written down: the process dies.
        throw new CrashException();
    }
}
