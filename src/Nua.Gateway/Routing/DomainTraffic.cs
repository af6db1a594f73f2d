namespace Nua.Gateway.Routing;

/// <summary>What passed through one domain since the gateway started, whichever workload answered.</summary>
internal sealed class DomainTraffic
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(10);

    private long _requests;
    private long _failed;
    private long _lastReport;

    public long Requests => Volatile.Read(ref _requests);

    public long Failed => Volatile.Read(ref _failed);

    public void CountRequest() => Interlocked.Increment(ref _requests);

    /// <summary>Answers whether it is time to say so again: a workload that is down must not fill the log.</summary>
    public bool CountFailure(TimeProvider clock)
    {
        Interlocked.Increment(ref _failed);
        var last = Volatile.Read(ref _lastReport);
        var now = clock.GetTimestamp();
        return (last == 0 || clock.GetElapsedTime(last, now) >= BetweenReports)
            && Interlocked.CompareExchange(ref _lastReport, now, last) == last;
    }
}
