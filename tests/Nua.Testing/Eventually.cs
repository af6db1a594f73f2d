using System.Diagnostics;

namespace Nua.Testing;

/// <summary>Waits for what cannot be awaited: something outside that changes in its own time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellation)
    {
        for (var waiting = Stopwatch.StartNew(); !await condition();)
        {
            if (waiting.Elapsed > Patience)
            {
                throw new TimeoutException($"It was not so after {Patience.TotalSeconds} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }
}
