namespace Nua.Testing.Fakes;

/// <summary>The machine's clock on a bad day: each look at the time of day finds it set on, or back, from the look before.</summary>
/// <param name="jump">By how much; every other look it is back where it was.</param>
public sealed class JumpingClock(TimeSpan jump) : TimeProvider
{
    private int _looks;

    /// <summary>How often somebody looked.</summary>
    public int Looks => _looks;

    public override DateTimeOffset GetUtcNow() =>
        Interlocked.Increment(ref _looks) % 2 == 0 ? base.GetUtcNow() + jump : base.GetUtcNow();
}
