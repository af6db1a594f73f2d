using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary>Stays with an operation until its end, and tells its steps.</summary>
internal sealed class OperationFollower(NuaClient server, Terminal terminal)
{
    private const string BuildKind = "build";

    /// <summary>Answers with the operation as it ended.</summary>
    /// <exception cref="ApiException">It failed; the problem is its own.</exception>
    public async Task<OperationView> FollowAsync(OperationView operation, ProgressTree progress, CancellationToken cancellation)
    {
        var ended = await EndOfAsync(operation, progress, cancellation);
        return ended switch
        {
            { State: "succeeded" } => ended,
            { Problem: { } problem } => throw new ApiException(problem),
            _ => throw new ApiException(CliProblems.EndedWithoutReason(ended)),
        };
    }

    /// <summary>Answers with the operation as it ended, however that is.</summary>
    public async Task<OperationView> EndOfAsync(OperationView operation, ProgressTree progress, CancellationToken cancellation)
    {
        progress.Begin($"{operation.Kind} {operation.Subject}");
        try
        {
            await foreach (var happening in server.WatchAsync(operation.Id, cancellation))
            {
                progress.Show(happening);
                if (happening is OperationEventView.Ended end)
                {
                    return end.Operation;
                }
            }
        }
        catch (OperationCanceledException)
        {
            progress.Dispose();
            await LeaveAsync(operation);
            throw;
        }

        return (await server.OperationAsync(operation.Id, cancellation)).Operation;
    }

    /// <summary>Nobody waits for a build any more, and nothing is changed by ending it.</summary>
    private async Task LeaveAsync(OperationView operation)
    {
        if (operation.Kind == BuildKind)
        {
            await server.CancelAsync(operation.Id, CancellationToken.None);
            terminal.Remark($"The build of {operation.Subject} is cancelled.");
        }
        else
        {
            terminal.Remark($"The {operation.Kind} of {operation.Subject} goes on in the server.");
            terminal.Remark($"Follow it: nua operations show {operation.Id} --follow");
            terminal.Remark($"Cancel it: nua operations cancel {operation.Id}");
        }
    }
}
