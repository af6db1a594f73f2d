namespace Nua.Engine.Operations;

/// <summary>Lets what fails again and again be tried less and less often.</summary>
internal sealed class BackOff<TKey>(TimeProvider clock)
    where TKey : notnull
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private readonly Dictionary<TKey, (DateTimeOffset NotBefore, TimeSpan Pause)> _attempts = [];

    /// <summary>Whether it may be tried now; that counts as an attempt.</summary>
    public bool MayTryNow(TKey key)
    {
        var now = clock.GetUtcNow();
        if (_attempts.TryGetValue(key, out var last) && now < last.NotBefore)
        {
            return false;
        }

        var pause = last.Pause == default ? FirstPause : last.Pause * 2 > LongestPause ? LongestPause : last.Pause * 2;
        _attempts[key] = (now + pause, pause);
        return true;
    }

    /// <summary>All is well with it again.</summary>
    public void Forget(TKey key) => _attempts.Remove(key);
}
