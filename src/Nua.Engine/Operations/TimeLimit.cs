namespace Nua.Engine.Operations;

/// <summary>Ends what takes too long.</summary>
internal static class TimeLimit
{
    /// <summary>Runs it; asks it to end when the time is over.</summary>
    /// <exception cref="TimeoutException">The time was over first.</exception>
    public static async Task<T> WithinAsync<T>(
        this TimeProvider clock, TimeSpan limit, Func<CancellationToken, Task<T>> action, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await action(limited.Token);
        }
        catch (OperationCanceledException ended) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {limit.TotalSeconds:0.###} s.", ended);
        }
    }
}
