namespace Nua.Testing.Fakes;

/// <summary>A clock that goes when it is told to. It can also be set, as an administrator does: then no time passes.</summary>
public sealed class HandClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _passed;

    /// <summary>Time goes by.</summary>
    public void Pass(TimeSpan time)
    {
        _now += time;
        _passed += time.Ticks;
    }

    /// <summary>Somebody sets the clock forward, or back.</summary>
    public void Set(TimeSpan by) => _now += by;
}
