namespace Nua.Engine.Access;

/// <summary>How often each of many may ask: some at once, then at a steady pace (a token bucket each).</summary>
/// <param name="burst">How many requests at once.</param>
/// <param name="perSecond">How many a second after that.</param>
/// <param name="clock">The time.</param>
public sealed class RequestBudget(int burst, double perSecond, TimeProvider clock)
{
    private const int MostAskers = 10_000;

    private readonly Lock _lock = new();
    private readonly RecentTable<string, (double Left, DateTimeOffset At)> _askers = new(MostAskers);

    /// <summary>Takes one request; <see langword="null"/>: it may be made, else how long to wait for it.</summary>
    public TimeSpan? Take(string asker)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var left = _askers.TryGet(asker, out var known)
                ? Math.Clamp(known.Left + ((now - known.At).TotalSeconds * perSecond), 0, burst)
                : burst;
            var may = left >= 1;
            _askers.Set(asker, (may ? left - 1 : left, now));
            return may ? null : TimeSpan.FromSeconds((1 - left) / perSecond);
        }
    }
}
