using System.Collections.Concurrent;
using Nua.Engine.Runtimes;

namespace Nua.Testing.Fakes;

/// <summary>A workload of <see cref="InMemoryRuntime"/>.</summary>
internal sealed class InMemoryWorkload(WorkloadSpec spec)
{
    private readonly Lock _writing = new();
    private readonly List<LogLine> _log = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _startedAt;

    public WorkloadSpec Spec { get; set; } = spec;

    public WorkloadStatus Status { get; set; } = WorkloadStatus.Stopped;

    public int ExitCode { get; set; }

    public int Restarts { get; private set; }

    public string? Address { get; set; }

    /// <summary>The networks it joined beside its own, and its names there.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Joined { get; } = [];

    public bool IsMadeFrom(WorkloadSpec other) =>
        Spec.Image == other.Image
        && Spec.Network == other.Network
        && Spec.Limits == other.Limits
        && Spec.Command.SequenceEqual(other.Command)
        && Spec.Mounts.SequenceEqual(other.Mounts)
        && Spec.Aliases.SequenceEqual(other.Aliases)
        && Spec.Publish.SequenceEqual(other.Publish)
        && Same(Spec.Environment, other.Environment)
        && Same(Spec.Secrets, other.Secrets)
        && Same(Spec.EngineOptions, other.EngineOptions);

    /// <param name="address">Where it is reached.</param>
    /// <param name="headStart">For how long it is said to have run already.</param>
    public void Start(string address, TimeSpan headStart = default)
    {
        if (Status is WorkloadStatus.Stopped or WorkloadStatus.Restarting)
        {
            _startedAt = TimeProvider.System.GetUtcNow() - headStart;
            Address = address;
            Restarts = 0;
            InMemoryPrograms.Play(this);
        }

        Status = WorkloadStatus.Running;
    }

    /// <summary>The program ended; the engine starts it again, in vain or with success and then at another address.</summary>
    public void Restart(string? address)
    {
        Restarts++;
        (Status, Address) = address is null ? (WorkloadStatus.Restarting, null) : (WorkloadStatus.Running, address);
    }

    public void Stop()
    {
        lock (_writing)
        {
            Status = WorkloadStatus.Stopped;
            Announce();
        }
    }

    public void Write(string line, bool isError)
    {
        lock (_writing)
        {
            _log.Add(new LogLine(TimeProvider.System.GetUtcNow(), isError, line));
            Announce();
        }
    }

    public IReadOnlyList<LogLine> LogFrom(int index)
    {
        lock (_writing)
        {
            return [.. _log.Skip(index)];
        }
    }

    /// <summary>Returns when there are more lines than that, or the workload has stopped.</summary>
    public Task WrittenBeyondAsync(int lines, CancellationToken cancellation)
    {
        lock (_writing)
        {
            return _log.Count > lines || Status is WorkloadStatus.Stopped ? Task.CompletedTask : _changed.Task.WaitAsync(cancellation);
        }
    }

    public Workload View() => new(
        Spec.Id,
        Spec.Owner,
        Status,
        Spec.Image,
        Status is WorkloadStatus.Running or WorkloadStatus.Paused ? Address : null,
        Status is WorkloadStatus.Stopped or WorkloadStatus.Restarting ? ExitCode : null,
        _startedAt,
        OutOfMemory: false,
        Restarts)
    {
        FurtherNetworks = [.. Joined.Keys.Order(StringComparer.Ordinal)],
    };

    private void Announce()
    {
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static bool Same<T>(IReadOnlyDictionary<string, T> one, IReadOnlyDictionary<string, T> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && Equals(pair.Value, value));
}

/// <summary>A volume of <see cref="InMemoryRuntime"/>: the names of the folders in it.</summary>
internal sealed record InMemoryVolume(Ownership Owner)
{
    public SortedSet<string> Folders { get; } = new(StringComparer.Ordinal);
}
