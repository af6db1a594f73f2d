namespace Nua.Gateway.Routing;

/// <summary>An address that requests are sent to, and how many are under way to it.</summary>
internal sealed class Workload(Uri address)
{
    /// <summary>So that one workload that hangs cannot take all of the gateway's memory and connections.</summary>
    public const int MostRequests = 8192;

    private int _inFlight;
    private TaskCompletionSource? _idle;

    public Uri Address { get; } = address;

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Counts a request in. Whoever enters also leaves, answered or not.</summary>
    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave()
    {
        if (Interlocked.Decrement(ref _inFlight) == 0)
        {
            Interlocked.Exchange(ref _idle, null)?.TrySetResult();
        }
    }

    /// <summary>Waits until no request is under way, or the time is over; answers with how many still are.</summary>
    public async Task<int> DrainAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancellation)
    {
        var over = Task.Delay(limit, clock, cancellation);
        while (InFlight > 0 && !over.IsCompleted)
        {
            await Task.WhenAny(over, Idle());
        }

        cancellation.ThrowIfCancellationRequested();
        return InFlight;
    }

    private Task Idle()
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var idle = Interlocked.CompareExchange(ref _idle, fresh, null) ?? fresh;

        // The last request may have left before the source was there for it to find.
        return InFlight == 0 ? Task.CompletedTask : idle.Task;
    }
}
