namespace Nua.Testing.Fakes;

/// <summary>The machine's clock, which a test can have leap forward: whatever waits for a time between comes due at once.</summary>
public sealed class LeapClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<LeapTimer> _timers = [];
    private TimeSpan _leapt;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _leapt;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + _leapt.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LeapTimer(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>That much time goes by at once.</summary>
    public void Leap(TimeSpan time)
    {
        lock (_lock)
        {
            _leapt += time;
            foreach (var timer in _timers)
            {
                timer.LookAgain();
            }
        }
    }

    private sealed class LeapTimer(LeapClock clock, ITimer timer) : ITimer
    {
        private long? _due;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Add(this);
                (_due, _period) = (dueTime < TimeSpan.Zero ? null : clock.GetTimestamp() + dueTime.Ticks, period);
                return timer.Change(dueTime, period);
            }
        }

        public void LookAgain()
        {
            if (_due is { } due)
            {
                var left = TimeSpan.FromTicks(Math.Max(0, due - clock.GetTimestamp()));
                timer.Change(left, _period);
                _due = left == TimeSpan.Zero && _period < TimeSpan.Zero ? null : _due;
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }

            timer.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }

            await timer.DisposeAsync();
        }
    }
}
