using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary>Waits, when it was asked to, for a lock that somebody else's operation holds, and says whose.</summary>
/// <param name="server">Who grants the lock.</param>
/// <param name="progress">Where it is said.</param>
/// <param name="limit">How long; <see langword="null"/>: not at all.</param>
internal sealed class LockPatience(NuaClient server, ProgressTree progress, TimeSpan? limit)
{
    private const string LockedCode = "operation.locked";

    /// <summary>Asks for an operation, again once the lock is free.</summary>
    /// <exception cref="ApiException"><c>operation.locked</c>: it was not free in time.</exception>
    public async Task<OperationView> AskAsync(Func<Task<OperationView>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ApiException refusal) when (limit is { } time && refusal.Problem.Code == LockedCode)
        {
            progress.Note(refusal.Problem.Detail);
            server.WaitForLock = time;
            return await progress.StepAsync($"wait for its end, {Words.Took(time)} at most", ask);
        }
    }
}
