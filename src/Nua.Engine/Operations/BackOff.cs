namespace Nua.Engine.Operations;

/// <summary>Lets what fails again and again be tried less and less often. Whoever sets the clock changes nothing of that.</summary>
internal sealed class BackOff<TKey>(TimeProvider clock)
    where TKey : notnull
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private readonly Dictionary<TKey, (long At, TimeSpan Pause)> _attempts = [];
    private readonly Lock _lock = new();

    /// <summary>Whether it may be tried now; that counts as an attempt.</summary>
    public bool MayTryNow(TKey key)
    {
        lock (_lock)
        {
            if (_attempts.TryGetValue(key, out var last) && clock.GetElapsedTime(last.At) < last.Pause)
            {
                return false;
            }

            var pause = last.Pause == default ? FirstPause : last.Pause * 2 > LongestPause ? LongestPause : last.Pause * 2;
            _attempts[key] = (clock.GetTimestamp(), pause);
            return true;
        }
    }

    /// <summary>All is well with it again.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _attempts.Remove(key);
        }
    }
}
