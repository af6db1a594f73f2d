namespace Nua.Gateway.Issuing;

/// <summary>Wakes somebody who looks after something from time to time, so that a change need not wait for the next look.</summary>
internal sealed class Bell
{
    private volatile TaskCompletionSource _rung = Silent();

    public void Ring() => _rung.TrySetResult();

    /// <summary>Until it rings, the time is over, or the token is. Who looks after that sees all that it rang for.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellation)
    {
        await _rung.Task.WaitAsync(atMost, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_rung.Task.IsCompleted)
        {
            _rung = Silent();
        }
    }

    private static TaskCompletionSource Silent() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
