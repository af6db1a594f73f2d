using System.Collections.Concurrent;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Commands;

/// <summary>A one-off command, as the journal has it: without its arguments, which may hold secrets.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Program">The program's name.</param>
/// <param name="Key">Tells it from all others.</param>
public sealed record RunRequest(InstanceName Instance, string Program, string Key);

/// <summary>How a one-off command ended.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Program">The program's name.</param>
/// <param name="ExitCode">Its exit code; <see langword="null"/>: whoever talked with it left, and it was ended.</param>
public sealed record RunResult(InstanceName Instance, string Program, int? ExitCode);

/// <summary>
/// Runs a command in a container of its own, made after the app's: the same image, environment, volumes and network. The
/// container goes when the command ends, and after a crash with what it was in the middle of.
/// </summary>
public sealed class RunOnce(EngineSeams seams, OneOffGate gate) : UseCase<RunRequest, RunResult>(
    "run", EngineJson.Default.RunRequest, EngineJson.Default.RunResult)
{
    private readonly ConcurrentDictionary<string, InHand> _inHand = new(StringComparer.Ordinal);
    private readonly OneOffContainer _container = new(seams, gate);
    private readonly OpenCommand _open = new(seams);
    private readonly Dialogue _dialogue = new(seams.Clock);

    // Beside the instance's own operations: a command that takes a day must not keep anybody from a deploy.
    public override string SubjectOf(RunRequest request) => $"{request.Instance}/run-{request.Key}";

    /// <summary>Takes in hand what no journal may hold; answers with the request to start the operation with.</summary>
    public RunRequest Take(InstanceName instance, CommandOrder order, IConversation peer)
    {
        var key = Guid.NewGuid().ToString("N")[..12];
        _inHand[key] = new InHand(order, peer);
        return new RunRequest(instance, order.Program, key);
    }

    public override async Task<RunResult> RunAsync(RunRequest request, Operation operation, CancellationToken cancellation)
    {
        try
        {
            var deployment = await seams.CurrentDeploymentAsync(request.Instance, operation, cancellation);
            return await _container.RunAsync(
                operation,
                deployment,
                request.Key,
                $"run {request.Program}",
                EngineJson.Default.RunResult,
                async place => new RunResult(
                    request.Instance, request.Program, await TalkAsync(deployment.App, place, request, cancellation)),
                cancellation);
        }
        finally
        {
            _inHand.TryRemove(request.Key, out _);
        }
    }

    private async Task<int?> TalkAsync(WorkloadPlan app, WorkloadId place, RunRequest request, CancellationToken cancellation)
    {
        var inHand = _inHand.GetValueOrDefault(request.Key) ?? throw new NuaException(CommandProblems.ServerEnds());
        await using var session = await _open.OpenAsync(app, place, inHand.Order, cancellation);
        return await _dialogue.RunAsync(session, inHand.Peer, inHand.Order.Terminal is not null, cancellation);
    }

    private sealed record InHand(CommandOrder Order, IConversation Peer);
}
