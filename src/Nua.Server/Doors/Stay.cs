using Nua.Core.Problems;
using Nua.Engine.Access;

namespace Nua.Server.Doors;

/// <summary>
/// A request of somebody who was let in by a token: while it goes on, the token is looked at again and again, and what a token
/// allowed that is good no more is ended.
/// </summary>
/// <param name="token">By which they were let in.</param>
/// <param name="check">Tells whether it still is good.</param>
/// <param name="clock">The time.</param>
internal sealed class Stay(AccessToken token, TokenCheck check, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Why the request was ended; <see langword="null"/>: it was not.</summary>
    public Problem? Refusal { get; private set; }

    /// <summary>Why a request was ended whose caller was let in; <see langword="null"/>: it was not.</summary>
    public static Problem? RefusalOf(HttpContext context) => context.Features.Get<Stay>()?.Refusal;

    /// <summary>Has a request answered while the token is good: after that, it is as if the caller had gone.</summary>
    /// <exception cref="NuaException"><c>access.revoked</c>, <c>access.expired</c></exception>
    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var gone = context.RequestAborted;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(gone);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(gone);
        context.Features.Set(this);
        context.RequestAborted = over.Token;
        var watch = WatchAsync(over, answered.Token);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (Refusal is not null)
        {
            throw new NuaException(Refusal);
        }
        finally
        {
            await answered.CancelAsync();
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.RequestAborted = gone;
        }
    }

    private async Task WatchAsync(CancellationTokenSource over, CancellationToken answered)
    {
        while (Refusal is null)
        {
            await Task.Delay(Look, clock, answered);
            Refusal = await WhyNoMoreAsync(answered);
        }

        await over.CancelAsync();
    }

    /// <summary>Where it cannot be read now, nothing is known against it: the next look tells.</summary>
    private async Task<Problem?> WhyNoMoreAsync(CancellationToken answered)
    {
        try
        {
            return await check.WhyNoMoreAsync(token.Id, answered);
        }
        catch (NuaException)
        {
            return null;
        }
    }
}
