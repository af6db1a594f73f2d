using System.Diagnostics;

namespace Nua.Testing;

/// <summary>Waits for what cannot be awaited: something outside that changes in its own time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellation, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        for (var waiting = Stopwatch.StartNew(); !await condition();)
        {
            if (waiting.Elapsed > limit)
            {
                throw new TimeoutException($"It was not so after {limit.TotalSeconds} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }
}
