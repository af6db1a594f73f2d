using System.Collections.Concurrent;
using Nua.Core.Names;

namespace Nua.Engine.Commands;

/// <summary>
/// Where containers of one-off commands and of jobs are made: shut while their instance is held still, so that none is overlooked.
/// Nothing of it outlives the process, as no command does.
/// </summary>
public sealed class OneOffGate
{
    private readonly ConcurrentDictionary<InstanceName, Gate> _gates = new();

    /// <summary>Has a container made, as soon as the gate is open; it is not shut before that is done.</summary>
    internal async Task PassAsync(InstanceName instance, Func<Task> make, CancellationToken cancellation)
    {
        var gate = GateOf(instance);
        while (gate.Enter() is { } open)
        {
            await open.WaitAsync(cancellation);
        }

        try
        {
            await make();
        }
        finally
        {
            gate.Leave();
        }
    }

    /// <summary>Shuts it; answers when nobody is in it any more.</summary>
    internal Task ShutAsync(InstanceName instance, CancellationToken cancellation) => GateOf(instance).Shut().WaitAsync(cancellation);

    /// <summary>Opens it, or finds it open.</summary>
    internal void Open(InstanceName instance) => GateOf(instance).Open();

    /// <summary>Answers when it is open.</summary>
    internal Task WhenOpenAsync(InstanceName instance, CancellationToken cancellation) => GateOf(instance).WhenOpen().WaitAsync(cancellation);

    private Gate GateOf(InstanceName instance) => _gates.GetOrAdd(instance, _ => new Gate());

    private sealed class Gate
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource? _opened;
        private TaskCompletionSource _emptied = New();
        private int _within;

        /// <summary><see langword="null"/>: in; else what ends when it is worth another try.</summary>
        public Task? Enter()
        {
            lock (_lock)
            {
                if (_opened is null)
                {
                    _within++;
                }

                return _opened?.Task;
            }
        }

        public void Leave()
        {
            lock (_lock)
            {
                if (--_within == 0)
                {
                    _emptied.TrySetResult();
                }
            }
        }

        public Task Shut()
        {
            lock (_lock)
            {
                _opened ??= New();
                _emptied = New();
                if (_within == 0)
                {
                    _emptied.SetResult();
                }

                return _emptied.Task;
            }
        }

        public void Open()
        {
            lock (_lock)
            {
                _opened?.SetResult();
                _opened = null;
            }
        }

        public Task WhenOpen()
        {
            lock (_lock)
            {
                return _opened?.Task ?? Task.CompletedTask;
            }
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
