namespace Nua.Testing.Fakes;

/// <summary>Counts the requests under way to each address, and lets one wait until there are none.</summary>
internal sealed class InFlightRequests
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Uri, int> _counts = [];
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IDisposable Enter(Uri address)
    {
        Add(address, 1);
        return new Leaving(() => Add(address, -1));
    }

    public async Task<int> WaitForNoneAsync(Uri address, TimeSpan limit, TimeProvider clock, CancellationToken cancellation)
    {
        var over = Task.Delay(limit, clock, cancellation);
        while (true)
        {
            var (count, change) = Look(address);
            if (count == 0 || over.IsCompletedSuccessfully)
            {
                return count;
            }

            await Task.WhenAny(over, change);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private (int Count, Task Change) Look(Uri address)
    {
        lock (_lock)
        {
            return (_counts.GetValueOrDefault(address), _change.Task);
        }
    }

    private void Add(Uri address, int difference)
    {
        lock (_lock)
        {
            _counts[address] = _counts.GetValueOrDefault(address) + difference;
            _change.SetResult();
            _change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
