using System.Collections.Concurrent;

namespace Nua.Engine.Cloning;

/// <summary>What goes on between a clone and the operation that holds its source still; nothing of it outlives the process.</summary>
public sealed class Loans
{
    private readonly ConcurrentDictionary<string, Loan> _loans = new(StringComparer.Ordinal);

    internal Loan Open(string key) => _loans.GetOrAdd(key, _ => new Loan());

    internal Loan? Find(string key) => _loans.GetValueOrDefault(key);

    internal void Close(string key) => _loans.TryRemove(key, out _);
}

/// <summary>An instance that is held still for somebody.</summary>
internal sealed class Loan
{
    /// <summary>It is held still; fails when that failed.</summary>
    public TaskCompletionSource Held { get; } = New();

    /// <summary>It is not needed any more.</summary>
    public TaskCompletionSource Returned { get; } = New();

    /// <summary>It goes on, after it was held for that long; fails when that failed.</summary>
    public TaskCompletionSource<TimeSpan> Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
