using Nua.Core.Problems;
using Nua.Engine.Operations;

namespace Nua.Testing.Fakes;

/// <summary>A journal of operations that lives as long as the test. It can die at its n-th write, as a process does.</summary>
public sealed class InMemoryOperationLog : IOperationLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OperationRecord> _operations = [];
    private readonly Dictionary<string, SortedDictionary<int, StepRecord>> _steps = [];

    /// <summary>How many steps were written so far.</summary>
    public int Writes { get; private set; }

    /// <summary>The write at which the process dies, before anything of it is kept; 0: never.</summary>
    public int DieAtWrite { get; set; }

    /// <summary>What happens when an operation is on record, before whoever began it hears of that.</summary>
    public Func<OperationRecord, Task> AfterBeginAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens when a step is on record, before its operation goes on.</summary>
    public Func<StepRecord, Task> AfterStepAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Why nothing can be written now; <see langword="null"/>: it can.</summary>
    public Problem? Refusal { get; set; }

    public Task BeginAsync(OperationRecord operation, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_operations.Values.FirstOrDefault(other => other.Subject == operation.Subject && IsUnfinished(other)) is { } holder)
            {
                throw new NuaException(OperationProblems.Locked(holder, [.. _steps[holder.Id].Values]));
            }

            _operations[operation.Id] = operation;
            _steps[operation.Id] = [];
        }

        return AfterBeginAsync(operation);
    }

    public Task WriteStepAsync(string operation, StepRecord record, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (++Writes == DieAtWrite)
            {
                throw new CrashException();
            }

            RefuseIfAsked();
            _steps[operation][record.Number] = record;
        }

        return AfterStepAsync(record);
    }

    public Task EndAsync(
        string operation, OperationState state, DateTimeOffset at, string? result, Problem? problem, CancellationToken cancellation)
    {
        lock (_lock)
        {
            RefuseIfAsked();
            _operations[operation] = _operations[operation] with { State = state, EndedAt = at, Result = result, Problem = problem };
        }

        return Task.CompletedTask;
    }

    public Task<OperationRecord?> FindAsync(string operation, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_operations.GetValueOrDefault(operation));
        }
    }

    public Task<IReadOnlyList<OperationRecord>> ListAsync(OperationFilter filter, int limit, CancellationToken cancellation) => ReadAsync(all => all
        .Where(operation => filter.Subject is null || operation.Subject == filter.Subject)
        .Where(operation => filter.Kind is null || operation.Kind == filter.Kind)
        .Where(operation => filter.State is null || operation.State == filter.State)
        .Where(operation => filter.Since is not { } since || operation.StartedAt >= since)
        .Where(operation => filter.Before is null || string.CompareOrdinal(operation.Id, filter.Before) < 0)
        .OrderByDescending(operation => operation.Id, StringComparer.Ordinal)
        .Take(limit));

    public Task<IReadOnlyList<OperationRecord>> UnfinishedAsync(CancellationToken cancellation) =>
        ReadAsync(all => all.Where(IsUnfinished).OrderBy(operation => operation.Id, StringComparer.Ordinal));

    public Task ForgetAsync(string subject, int keep, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var old = _operations.Values
                .Where(operation => operation.Subject == subject && !operation.IsUnfinished)
                .OrderByDescending(operation => operation.Id, StringComparer.Ordinal)
                .Skip(keep)
                .Select(operation => operation.Id)
                .ToList();
            old.ForEach(id => _operations.Remove(id));
            old.ForEach(id => _steps.Remove(id));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StepRecord>> StepsAsync(string operation, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<StepRecord>>([.. _steps[operation].Values]);
        }
    }

    private Task<IReadOnlyList<OperationRecord>> ReadAsync(Func<IEnumerable<OperationRecord>, IEnumerable<OperationRecord>> choose)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<OperationRecord>>([.. choose(_operations.Values)]);
        }
    }

    private void RefuseIfAsked()
    {
        if (Refusal is { } refusal)
        {
            throw new NuaException(refusal);
        }
    }

    private static bool IsUnfinished(OperationRecord operation) => operation.IsUnfinished;
}
