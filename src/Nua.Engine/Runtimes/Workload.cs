namespace Nua.Engine.Runtimes;

/// <summary>A workload as the engine has it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Owner">What its labels say.</param>
/// <param name="Status">Whether it runs.</param>
/// <param name="Image">The reference it was started from.</param>
/// <param name="Address">The IP address at which this server reaches it; <see langword="null"/> while it does not run.</param>
/// <param name="ExitCode">How its program ended; <see langword="null"/> while it runs.</param>
/// <param name="StartedAt">When it was last started.</param>
/// <param name="OutOfMemory">Whether the engine killed it at its memory limit.</param>
/// <param name="Restarts">How often the engine restarted it since.</param>
public sealed record Workload(
    WorkloadId Id,
    Ownership Owner,
    WorkloadStatus Status,
    string Image,
    string? Address,
    int? ExitCode,
    DateTimeOffset? StartedAt,
    bool OutOfMemory,
    int Restarts)
{
    // Nothing is equal to nothing, whoever says it.
    /// <summary>The networks it joined beside its own (<see cref="INetworkGuests"/>).</summary>
    public IReadOnlyList<string> FurtherNetworks { get; init => field = value.Count == 0 ? [] : value; } = [];
}

/// <summary>Whether a workload runs.</summary>
public enum WorkloadStatus
{
    /// <summary>Its program runs.</summary>
    Running,

    /// <summary>Its program is held still.</summary>
    Paused,

    /// <summary>Its program ended, and the engine tries again.</summary>
    Restarting,

    /// <summary>It is made and does not run.</summary>
    Stopped,
}

/// <summary>Everything one Nua server has on an engine, found by its labels.</summary>
public sealed record Inventory(
    IReadOnlyList<Workload> Workloads, IReadOnlyList<OwnedObject> Networks, IReadOnlyList<OwnedObject> Volumes);

/// <summary>A network or a volume, and who made it.</summary>
public sealed record OwnedObject(string Name, Ownership Owner);

/// <summary>One line a workload wrote.</summary>
public sealed record LogLine(DateTimeOffset At, bool IsError, string Text);

/// <summary>Which lines of a log to read.</summary>
/// <param name="Tail">The last lines only; <see langword="null"/>: all.</param>
/// <param name="Follow">Whether to wait for more.</param>
/// <param name="Since">Nothing older than this.</param>
public sealed record LogRequest(int? Tail = null, bool Follow = false, DateTimeOffset? Since = null);
