using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Nua.Core.Problems;

namespace Nua.Engine.Operations;

/// <summary>Starts use cases as journaled operations, lets anybody watch them, and takes up after a crash what was unfinished.</summary>
/// <param name="log">The journal.</param>
/// <param name="clock">The time.</param>
/// <param name="reportBug">Told of every failure that is not a problem Nua knows, with its stack trace.</param>
public sealed class OperationRunner(IOperationLog log, TimeProvider clock, Action<OperationRecord, Exception> reportBug)
{
    private readonly ConcurrentDictionary<string, RunningOperation> _running = [];

    /// <summary>Journals the request and starts it in the background; the id leads to its events.</summary>
    /// <exception cref="NuaException"><c>operation.locked</c></exception>
    public async Task<OperationRecord> StartAsync<TRequest, TResult>(
        UseCase<TRequest, TResult> useCase, TRequest request, string startedBy, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var record = new OperationRecord(
            NewId(now),
            useCase.Kind,
            useCase.SubjectOf(request),
            JsonSerializer.Serialize(request, useCase.RequestJson),
            startedBy,
            OperationState.Running,
            now);
        if (!useCase.GivesWay)
        {
            await AskToGiveWayAsync(record.Subject, cancellation);
        }

        await log.BeginAsync(record, cancellation);
        Launch(useCase, record, earlier: null);
        return record;
    }

    /// <summary>Finishes or undoes, one after the other, what a crash left unfinished; answers what came of each.</summary>
    public async Task<IReadOnlyList<OperationRecord>> ResumeUnfinishedAsync(
        IReadOnlyList<UseCase> useCases, CancellationToken cancellation)
    {
        var resumed = new List<OperationRecord>();
        foreach (var record in await log.UnfinishedAsync(cancellation))
        {
            if (_running.ContainsKey(record.Id) || useCases.FirstOrDefault(one => one.Kind == record.Kind) is not { } useCase)
            {
                continue;
            }

            await Launch(useCase, record, await log.StepsAsync(record.Id, cancellation)).Ended;
            resumed.Add((await log.FindAsync(record.Id, cancellation))!);
        }

        return resumed;
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

        yield return new OperationEvent.Ended(record.State, record.Result, record.Problem);
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

    private async Task AskToGiveWayAsync(string subject, CancellationToken cancellation)
    {
        foreach (var holder in _running.Values.Where(running => running.GivesWay && running.Subject == subject))
        {
            holder.Cancel();
            await holder.Ended.WaitAsync(cancellation);
        }
    }

    private RunningOperation Launch(UseCase useCase, OperationRecord record, IReadOnlyList<StepRecord>? earlier)
    {
        var running = new RunningOperation(record.Subject, useCase.GivesWay);
        _running[record.Id] = running;
        running.Ended = Task.Run(() => RunAsync(useCase, record, earlier, running));
        return running;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The outermost layer of an operation: whatever escapes becomes its problem.")]
    private async Task RunAsync(UseCase useCase, OperationRecord record, IReadOnlyList<StepRecord>? earlier, RunningOperation running)
    {
        var operation = new Operation(record.Id, log, clock, running.Publish, earlier);
        try
        {
            var result = await useCase.RunAsync(record.Request, operation, running.Cancellation);
            var untidy = operation.Untidy.Count == 0 ? null : OperationProblems.Untidy(record, operation.Untidy);
            await EndAsync(record, running, OperationState.Succeeded, result, untidy);
        }
        catch (CrashException)
        {
            // The tests' kill -9: leave everything as a dead process leaves it.
        }
        catch (Exception failure)
        {
            if (failure is not (NuaException or InterruptedException or OperationCanceledException))
            {
                reportBug(record, failure);
            }

            // After the commit there is nothing to undo: the reconciler brings about what the journal now wants.
            var undone = !operation.CanUndo || await operation.UndoAsync();
            await EndAsync(record, running, undone ? OperationState.Failed : OperationState.Stuck, result: null, ProblemOf(record, failure));
        }
        finally
        {
            _running.TryRemove(record.Id, out _);
            running.Dispose();
        }
    }

    private async Task EndAsync(OperationRecord record, RunningOperation running, OperationState state, string? result, Problem? problem)
    {
        await log.EndAsync(record.Id, state, clock.GetUtcNow(), result, problem, CancellationToken.None);
        running.Publish(new OperationEvent.Ended(state, result, problem));
    }

    private static Problem ProblemOf(OperationRecord record, Exception failure) => failure switch
    {
        NuaException known => known.Problem,
        InterruptedException => OperationProblems.Interrupted(record.Kind, record.Subject),
        OperationCanceledException => OperationProblems.Cancelled(record.Kind, record.Subject),
        _ => OperationProblems.Bug(failure),
    };

    /// <summary>Time first, so that ids sort; then enough chance to be unique.</summary>
    private static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}

/// <summary>The live side of an operation: its events so far, and those who watch.</summary>
internal sealed class RunningOperation(string subject, bool givesWay) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<OperationEvent> _events = [];
    private readonly List<Channel<OperationEvent>> _watchers = [];
    private readonly CancellationTokenSource _cancellation = new();
    private bool _closed;

    public string Subject => subject;

    public bool GivesWay => givesWay;

    public Task Ended { get; set; } = Task.CompletedTask;

    public CancellationToken Cancellation => _cancellation.Token;

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

    public void Publish(OperationEvent happening)
    {
        lock (_lock)
        {
            _events.Add(happening);
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(happening));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _watchers.ForEach(watcher => watcher.Writer.TryComplete());
            _cancellation.Dispose();
        }
    }

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
