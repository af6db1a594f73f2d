using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Nua.Core.Problems;

namespace Nua.Engine.Operations;

/// <summary>Starts use cases as journaled operations, lets anybody watch them, and takes up after a crash what was unfinished.</summary>
/// <param name="log">The journal.</param>
/// <param name="clock">The time.</param>
/// <param name="reportBug">Told of every failure that is not a problem Nua knows, with its stack trace.</param>
public sealed class OperationRunner(IOperationLog log, TimeProvider clock, Action<OperationRecord, Exception> reportBug)
{
    private readonly ConcurrentDictionary<string, RunningOperation> _running = [];
    private readonly BackOff<string> _retries = new(clock);
    private volatile TaskCompletionSource _nextEnd = NewEnd();

    /// <summary>Ends when any operation next comes to its end, stuck or not: a lock may be free then.</summary>
    public Task NextEnd => _nextEnd.Task;

    /// <summary>Journals the request and starts it in the background; the id leads to its events.</summary>
    /// <exception cref="NuaException"><c>operation.locked</c></exception>
    public async Task<OperationRecord> StartAsync<TRequest, TResult>(
        UseCase<TRequest, TResult> useCase, TRequest request, string startedBy, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var newest = await log.ListAsync(new OperationFilter(), limit: 1, cancellation);
        var record = new OperationRecord(
            OperationId.After(newest is [var last] ? last.Id : null, now),
            useCase.Kind,
            useCase.SubjectOf(request),
            JsonSerializer.Serialize(request, useCase.RequestJson),
            startedBy,
            OperationState.Running,
            now);
        if (useCase.GivesWay)
        {
            await BeginAsync(useCase, record, cancellation);
        }
        else
        {
            await BeginInsteadAsync(useCase, record, cancellation);
        }

        return record;
    }

    /// <summary>
    /// Finishes or undoes, one after the other, what is unfinished and does not run: what a crash interrupted, and what could not
    /// be undone or journaled before. What resists is tried less and less often. Answers what came of each.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "Kept, and thrown when the others had their turn.")]
    public async Task<IReadOnlyList<OperationRecord>> ResumeUnfinishedAsync(
        IReadOnlyList<UseCase> useCases, CancellationToken cancellation)
    {
        var resumed = new List<OperationRecord>();
        ExceptionDispatchInfo? trouble = null;
        // The newest first: one that another had started, and waits for, comes before it.
        foreach (var record in (await log.UnfinishedAsync(cancellation)).Reverse())
        {
            try
            {
                if (useCases.FirstOrDefault(one => one.Kind == record.Kind) is { } useCase
                    && !_running.ContainsKey(record.Id)
                    && _retries.MayTryNow(record.Id)
                    && await TakeUpAsync(useCase, record, cancellation) is { } running)
                {
                    await running.Ended;
                    resumed.Add((await log.FindAsync(record.Id, cancellation))!);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                trouble ??= ExceptionDispatchInfo.Capture(failure);
            }
        }

        trouble?.Throw();
        return resumed;
    }

    /// <summary>Tries again now what is unfinished and does not run, whenever its turn would be; its events tell what comes of it.</summary>
    /// <exception cref="NuaException"><c>operation.unknown</c>, <c>operation.has-ended</c>, <c>operation.under-way</c>, <c>operation.unknown-kind</c></exception>
    public async Task<OperationRecord> ResumeAsync(IReadOnlyList<UseCase> useCases, string id, CancellationToken cancellation)
    {
        var record = await log.FindAsync(id, cancellation) ?? throw new NuaException(OperationProblems.Unknown(id));
        if (!record.IsUnfinished)
        {
            throw new NuaException(OperationProblems.HasEnded(record));
        }

        var useCase = useCases.FirstOrDefault(one => one.Kind == record.Kind)
            ?? throw new NuaException(OperationProblems.UnknownKind(record));
        return await TakeUpAsync(useCase, record, cancellation) is not null
            ? record
            : throw new NuaException(OperationProblems.UnderWay(record));
    }

    /// <summary>Everything that happened in an operation and, while it runs, everything that happens; ends with its end.</summary>
    /// <exception cref="NuaException"><c>operation.unknown</c></exception>
    public async IAsyncEnumerable<OperationEvent> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_running.TryGetValue(id, out var running))
        {
            await foreach (var happening in running.WatchAsync(cancellation))
            {
                yield return happening;
            }

            yield break;
        }

        var record = await log.FindAsync(id, cancellation) ?? throw new NuaException(OperationProblems.Unknown(id));
        foreach (var step in await log.StepsAsync(id, cancellation))
        {
            yield return new OperationEvent.StepChanged(step);
        }

        // What is unfinished and does not run waits to be taken up.
        yield return record.State is OperationState.Running
            ? new OperationEvent.Ended(OperationState.Stuck, Result: null, OperationProblems.Stuck(record))
            : new OperationEvent.Ended(record.State, record.Result, record.Problem);
    }

    /// <summary>Asks a running operation to stop where it can; it then undoes what it did.</summary>
    public void Cancel(string id)
    {
        if (_running.TryGetValue(id, out var running))
        {
            running.Cancel();
        }
    }

    /// <summary>Waits for all that runs; called when the server ends in an orderly way.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_running.Values.Select(running => running.Ended));

    /// <summary>Takes the subject from whoever gives way.</summary>
    private async Task BeginInsteadAsync(UseCase useCase, OperationRecord record, CancellationToken cancellation)
    {
        await AskToGiveWayAsync(record.Subject, cancellation);
        try
        {
            await BeginAsync(useCase, record, cancellation);
        }
        catch (NuaException locked) when (locked.Problem.Code == OperationProblems.LockedCode)
        {
            // It may have begun since it was looked for.
            await AskToGiveWayAsync(record.Subject, cancellation);
            await BeginAsync(useCase, record, cancellation);
        }
    }

    private async Task AskToGiveWayAsync(string subject, CancellationToken cancellation)
    {
        foreach (var holder in _running.Values.Where(running => running.GivesWay && running.Subject == subject))
        {
            holder.Cancel();
            await holder.Ended.WaitAsync(cancellation);
        }
    }

    private async Task BeginAsync(UseCase useCase, OperationRecord record, CancellationToken cancellation)
    {
        // Known to run before it is journaled: what is journaled and does not run is taken for interrupted.
        var running = _running[record.Id] = new RunningOperation(record.Subject, useCase.GivesWay);
        try
        {
            await log.BeginAsync(record, cancellation);
        }
        catch
        {
            Close(record, running);
            throw;
        }

        Launch(useCase, record, earlier: null, running);
    }

    /// <summary>Goes on with what does not run; <see langword="null"/>: it does, or it has ended by now.</summary>
    private async Task<RunningOperation?> TakeUpAsync(UseCase useCase, OperationRecord listed, CancellationToken cancellation)
    {
        var running = new RunningOperation(listed.Subject, useCase.GivesWay);
        if (!_running.TryAdd(listed.Id, running))
        {
            running.Dispose();
            return null;
        }

        try
        {
            if (await log.FindAsync(listed.Id, cancellation) is { IsUnfinished: true } record)
            {
                Launch(useCase, record, await log.StepsAsync(record.Id, cancellation), running);
                return running;
            }
        }
        catch
        {
            Close(listed, running);
            throw;
        }

        Close(listed, running);
        return null;
    }

    private void Launch(UseCase useCase, OperationRecord record, IReadOnlyList<StepRecord>? earlier, RunningOperation running) =>
        _ = Task.Run(() => RunAsync(useCase, record, earlier, running));

    [SuppressMessage("Design", "CA1031", Justification = "The outermost layer of an operation: whatever escapes is told.")]
    private async Task RunAsync(UseCase useCase, OperationRecord record, IReadOnlyList<StepRecord>? earlier, RunningOperation running)
    {
        try
        {
            // Whoever watches sees it from its beginning, not from where it is taken up.
            earlier?.ToList().ForEach(step => running.Publish(new OperationEvent.StepChanged(step)));
            var end = earlier is not null && useCase.GivesWay
                // What it would have brought about is looked at anew.
                ? new OperationEvent.Ended(OperationState.Failed, Result: null, OperationProblems.Unfinished(record))
                : await TellAsync(
                    useCase, record, new Operation(record.Id, log, clock, running.Publish, earlier), running.Cancellation);
            await log.EndAsync(record.Id, end.State, clock.GetUtcNow(), end.Result, end.Problem, CancellationToken.None);
            if (end.State is not OperationState.Stuck)
            {
                _retries.Forget(record.Id);
            }

            running.Publish(end);
        }
        catch (CrashException)
        {
            // The tests' kill -9: leave everything as a dead process leaves it.
        }
        catch (Exception failure)
        {
            // Its end could not be journaled, so there it is unfinished, and is taken up again.
            Report(record, failure);
            running.Publish(new OperationEvent.Ended(OperationState.Stuck, Result: null, ProblemOf(record, failure, OperationProblems.Stuck)));
        }
        finally
        {
            Close(record, running);
            Interlocked.Exchange(ref _nextEnd, NewEnd()).SetResult();
        }
    }

    private async Task<OperationEvent.Ended> TellAsync(
        UseCase useCase, OperationRecord record, Operation operation, CancellationToken cancellation)
    {
        try
        {
            var result = await useCase.RunAsync(record.Request, operation, cancellation);
            var untidy = operation.Untidy.Count == 0 ? null : OperationProblems.Untidy(record, operation.Untidy);
            return operation.TurnedBack
                ? throw new InterruptedException()
                : new OperationEvent.Ended(OperationState.Succeeded, result, untidy);
        }
        catch (Exception failure) when (failure is not CrashException && !operation.IsUndecided)
        {
            Report(record, failure);
            return await TurnAsync(record, operation, failure);
        }
    }

    /// <summary>
    /// After the commit there is nothing to undo: the reconciler brings about what the journal now wants, or the operation itself is
    /// told again.
    /// </summary>
    private static async Task<OperationEvent.Ended> TurnAsync(OperationRecord record, Operation operation, Exception failure)
    {
        if (operation.IsCommitted)
        {
            var state = operation.IsToBeFinished ? OperationState.Stuck : OperationState.Failed;
            return new OperationEvent.Ended(state, Result: null, ProblemOf(record, failure, OperationProblems.Unfinished));
        }

        return await operation.UndoAsync()
            ? new OperationEvent.Ended(OperationState.Failed, Result: null, ProblemOf(record, failure))
            : new OperationEvent.Ended(OperationState.Stuck, Result: null, ProblemOf(record, failure, OperationProblems.Stuck));
    }

    private void Report(OperationRecord record, Exception failure)
    {
        if (failure is not (NuaException or InterruptedException or OperationCanceledException))
        {
            reportBug(record, failure);
        }
    }

    private void Close(OperationRecord record, RunningOperation running)
    {
        _running.TryRemove(record.Id, out _);
        running.Dispose();
    }

    private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why it failed.</summary>
    /// <param name="record">What failed.</param>
    /// <param name="failure">What escaped.</param>
    /// <param name="brokenOff">What is said of one that was merely broken off; <see langword="null"/>: that all was undone.</param>
    private static Problem ProblemOf(OperationRecord record, Exception failure, Func<OperationRecord, Problem>? brokenOff = null) => failure switch
    {
        NuaException known => known.Problem,

        // A retry only undoes: the first failure stays the cause.
        InterruptedException when record.Problem is { Code: not OperationProblems.StuckCode } first => first,
        InterruptedException => (brokenOff ?? OperationProblems.Interrupted)(record),
        OperationCanceledException => (brokenOff ?? OperationProblems.Cancelled)(record),
        _ => OperationProblems.Bug(failure),
    };
}
