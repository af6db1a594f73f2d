namespace Nua.Engine.Access;

/// <summary>
/// Shuts out an address that tries wrong tokens: for a minute, and twice as long each time it goes on, up to an hour. What it
/// remembers is bounded. While it is shut out nothing from it is looked at, a good token neither: a guess must not be told from
/// a hit. Nobody can have somebody else's address shut out, since a connection proves its own.
/// </summary>
/// <param name="clock">The time.</param>
public sealed class LockOut(TimeProvider clock)
{
    /// <summary>How many wrong tokens are borne within <see cref="Window"/>.</summary>
    public const int Borne = 20;

    private const int MostAddresses = 10_000;

    /// <summary>A wrong token is forgotten so long after the first of them.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly RecentTable<string, Strikes> _addresses = new(MostAddresses);

    /// <summary>How many addresses are remembered.</summary>
    public int Remembered
    {
        get
        {
            lock (_lock)
            {
                return _addresses.Count;
            }
        }
    }

    /// <summary>How long an address is still shut out; <see langword="null"/>: it is not.</summary>
    public TimeSpan? Of(string address)
    {
        lock (_lock)
        {
            return _addresses.TryGet(address, out var strikes) && strikes.Until > clock.GetUtcNow()
                ? strikes.Until - clock.GetUtcNow()
                : null;
        }
    }

    /// <summary>A wrong token came from there.</summary>
    public void Strike(string address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var strikes = _addresses.TryGet(address, out var known) && !known.IsForgotten(now) ? known : new Strikes(0, now, default, 0);
            _addresses.Set(address, strikes.More(now));
        }
    }

    private sealed record Strikes(int Count, DateTimeOffset Since, DateTimeOffset Until, int Times)
    {
        /// <summary>Whoever was shut out is remembered for twice the longest time, so that going on costs more.</summary>
        public bool IsForgotten(DateTimeOffset now) => now - Since > Window && now - Until > 2 * Longest;

        public Strikes More(DateTimeOffset now)
        {
            var counted = now - Since > Window ? new Strikes(1, now, Until, Times) : this with { Count = Count + 1 };
            return counted.Count < Borne
                ? counted
                : new Strikes(0, now, now + TimeOf(counted.Times), counted.Times + 1);
        }

        private static TimeSpan TimeOf(int times) =>
            TimeSpan.FromMinutes(Math.Min(Longest.TotalMinutes, Shortest.TotalMinutes * Math.Pow(2, times)));
    }
}
