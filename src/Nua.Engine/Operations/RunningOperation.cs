using System.Threading.Channels;

namespace Nua.Engine.Operations;

/// <summary>The live side of an operation: its events so far, and those who watch.</summary>
internal sealed class RunningOperation(string subject, bool givesWay) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<OperationEvent> _events = [];
    private readonly List<Channel<OperationEvent>> _watchers = [];
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    /// <summary>What it changes.</summary>
    public string Subject => subject;

    /// <summary>Whether it stops for anybody else who wants its subject.</summary>
    public bool GivesWay => givesWay;

    /// <summary>Ends when the operation has, and never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks it to stop where it can.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Asks it to stop; one that has ended stays so.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _cancellation.Cancel();
            }
        }
    }

    /// <summary>Tells all who watch, and all who will.</summary>
    public void Publish(OperationEvent happening)
    {
        lock (_lock)
        {
            _events.Add(happening);
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(happening));
        }
    }

    /// <summary>The end: nobody waits or watches any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _watchers.ForEach(watcher => watcher.Writer.TryComplete());
            _cancellation.Dispose();
        }

        _ended.TrySetResult();
    }

    /// <summary>Everything so far, then what happens, until the end.</summary>
    public IAsyncEnumerable<OperationEvent> WatchAsync(CancellationToken cancellation)
    {
        var watcher = Channel.CreateUnbounded<OperationEvent>();
        lock (_lock)
        {
            _events.ForEach(happening => watcher.Writer.TryWrite(happening));
            if (_closed)
            {
                watcher.Writer.Complete();
            }

            _watchers.Add(watcher);
        }

        return watcher.Reader.ReadAllAsync(cancellation);
    }
}
