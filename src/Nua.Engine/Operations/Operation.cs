using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nua.Engine.Operations;

/// <summary>
/// A journaled sequence of named steps. A use case tells its story through it; the same story is told again after a crash,
/// and each step that was done answers what it answered then. So what lies between steps must depend on nothing but the
/// request and the answers of steps: clocks, random values and the state of the world are read inside them.
/// </summary>
/// <remarks>
/// Until <see cref="CommitAsync"/>, a failure or a crash undoes the steps, last first. From then on only forward: a crash in
/// the middle runs the rest again. Actions and undos are therefore idempotent, and an undo also copes with an action
/// that never began or only half happened.
/// </remarks>
public sealed class Operation
{
    private readonly string _id;
    private readonly IOperationLog _log;
    private readonly TimeProvider _clock;
    private readonly Action<OperationEvent> _publish;
    private readonly Dictionary<int, StepRecord> _earlier;
    private readonly Dictionary<int, StepRecord> _written;
    private readonly bool _resumed;
    private readonly Stack<(int Step, Func<Task> Undo)> _undos = new();
    private int _steps;
    private bool _forward;
    private bool _committed;
    private bool _undecided;

    internal Operation(
        string id, IOperationLog log, TimeProvider clock, Action<OperationEvent> publish, IReadOnlyList<StepRecord>? earlier)
    {
        (_id, _log, _clock, _publish) = (id, log, clock, publish);
        _resumed = earlier is not null;
        _earlier = (earlier ?? []).ToDictionary(step => step.Number);
        _written = new Dictionary<int, StepRecord>(_earlier);
        TurnedBack = _earlier.Values.Any(IsUndone);
    }

    /// <summary>Written on every object the operation makes, so that its undo finds them.</summary>
    public string Id => _id;

    /// <summary>What could not be tidied after the commit, in sentences.</summary>
    internal List<string> Untidy { get; } = [];

    /// <summary>Where the long-winded go: a line that is shown, not journaled.</summary>
    public IProgress<string> Log => new LineProgress(_publish);

    /// <summary>A step that answers a value. The answer is journaled, so it never holds a secret.</summary>
    public async Task<T> StepAsync<T>(string name, JsonTypeInfo<T> json, Func<Task<T>> action, Func<Task>? undo = null)
    {
        var step = await EnterAsync(name, undo, answers: true);
        return IsAnswered(step)
            ? JsonSerializer.Deserialize(step.Result!, json)!
            : await DoAsync(step, action, result => JsonSerializer.Serialize(result, json));
    }

    /// <summary>A step that answers nothing.</summary>
    public async Task StepAsync(string name, Func<Task> action, Func<Task>? undo = null)
    {
        var step = await EnterAsync(name, undo);
        if (!IsAnswered(step))
        {
            await DoAsync(step, () => Nothing(action), _ => null);
        }
    }

    /// <summary>
    /// The point of no return. Its action is atomic: when it throws, nothing of it happened, and the steps before it are undone.
    /// When the process dies in the middle of it, it is done again, and the operation goes forward.
    /// </summary>
    public async Task CommitAsync(string name, Func<Task> action)
    {
        _forward = !TurnedBack && _earlier.GetValueOrDefault(_steps + 1) is { State: StepState.Started or StepState.Done };
        var step = await EnterAsync(name, undo: null);
        if (!IsAnswered(step))
        {
            // The journal says that it may have happened, until it says that it failed.
            _undecided = true;
            await TryAsync(step, () => Nothing(action));
        }

        (_committed, _forward, _undecided) = (true, true, false);
        if (!IsAnswered(step))
        {
            await WriteAsync(step with { State = StepState.Done, EndedAt = _clock.GetUtcNow() });
        }
    }

    /// <summary>A step after the point of no return. When it fails it is reported, and the operation still succeeds.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What fails here is reported, and must not hide the operation's own result.")]
    public async Task TidyAsync(string name, Func<Task> action)
    {
        try
        {
            await StepAsync(name, action);
        }
        catch (Exception trouble) when (trouble is not CrashException)
        {
            Untidy.Add($"{name}: {trouble.Message}");
        }
    }

    /// <summary>
    /// A step after the point of no return that nobody but this operation would bring to its end. When it fails, the operation is not
    /// over: it keeps its lock, and is told again until the step is done.
    /// </summary>
    public async Task FinishAsync(string name, Func<Task> action)
    {
        IsToBeFinished = true;
        await StepAsync(name, action);
        IsToBeFinished = false;
    }

    /// <summary>Undoes what was done, last first; answers whether all of it could be undone.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "One undo that fails must not keep the others from being tried.")]
    internal async Task<bool> UndoAsync()
    {
        var complete = true;
        while (_undos.TryPop(out var done))
        {
            var step = _written[done.Step] with { EndedAt = _clock.GetUtcNow() };
            try
            {
                await done.Undo();
                await TryWriteAsync(step with { State = StepState.Undone, Detail = null });
            }
            catch (Exception trouble) when (trouble is not CrashException)
            {
                complete = false;
                await TryWriteAsync(step with { State = StepState.UndoFailed, Detail = trouble.Message });
            }
        }

        return complete;
    }

    /// <summary>Whether the point of no return lies behind: a failure is now mended forward.</summary>
    internal bool IsCommitted => _committed;

    /// <summary>Whether the step that failed is one that has to be done all the same.</summary>
    internal bool IsToBeFinished { get; private set; }

    /// <summary>
    /// Whether the commit failed and the journal could not be told: its next telling would go forward, so nothing may be undone now.
    /// </summary>
    internal bool IsUndecided => _undecided;

    /// <summary>Whether an earlier telling began to undo: this one only leads to the undos that are left.</summary>
    internal bool TurnedBack { get; }

    /// <summary>Finds what an earlier run wrote of the next step, or writes its intent.</summary>
    private async Task<StepRecord> EnterAsync(string name, Func<Task>? undo, bool answers = false)
    {
        _steps++;
        var earlier = _earlier.GetValueOrDefault(_steps);
        if (undo is not null && (earlier is not null || !_resumed))
        {
            _undos.Push((_steps, undo));
        }

        if (Answers(earlier, name, answers))
        {
            return earlier!;
        }

        if (_resumed && !_forward)
        {
            throw new InterruptedException();
        }

        var step = new StepRecord(_steps, name, StepState.Started, _clock.GetUtcNow());
        await WriteAsync(step);
        return step;
    }

    private async Task<T> DoAsync<T>(StepRecord step, Func<Task<T>> action, Func<T, string?> serialize)
    {
        var result = await TryAsync(step, action);
        await WriteAsync(step with { State = StepState.Done, EndedAt = _clock.GetUtcNow(), Result = serialize(result) });
        return result;
    }

    private async Task<T> TryAsync<T>(StepRecord step, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception failure) when (failure is not CrashException)
        {
            var failed = step with { State = StepState.Failed, EndedAt = _clock.GetUtcNow(), Detail = failure.Message };
            _undecided = !await TryWriteAsync(failed) && _undecided;
            throw;
        }
    }

    private async Task WriteAsync(StepRecord step)
    {
        _written[step.Number] = step;
        await _log.WriteStepAsync(_id, step, CancellationToken.None);
        _publish(new OperationEvent.StepChanged(step));
    }

    /// <summary>What cannot be written on the way back is done all the same: another telling would only do it again.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A journal that cannot be written must not hide the failure nor stop the undos.")]
    private async Task<bool> TryWriteAsync(StepRecord step)
    {
        try
        {
            await WriteAsync(step);
            return true;
        }
        catch (Exception trouble) when (trouble is not CrashException)
        {
            return false;
        }
    }

    private static bool Answers(StepRecord? earlier, string name, bool withResult) =>
        earlier?.Name == name && IsAnswered(earlier) && (!withResult || earlier.Result is not null);

    private static bool IsAnswered(StepRecord step) => step.State is StepState.Done || IsUndone(step);

    /// <summary>Undone or not, it was tried: the telling goes past it, to the undos of those that came after.</summary>
    private static bool IsUndone(StepRecord step) => step.State is StepState.Undone or StepState.UndoFailed;

    private static async Task<bool> Nothing(Func<Task> action)
    {
        await action();
        return true;
    }

    private sealed class LineProgress(Action<OperationEvent> publish) : IProgress<string>
    {
        public void Report(string value) => publish(new OperationEvent.Line(value));
    }
}

/// <summary>The story, told again after a crash, has come to where the crash was: what was done is now undone.</summary>
internal sealed class InterruptedException() : Exception("The server stopped in the middle of it.");

/// <summary>Stands for the death of the process in tests: nothing is written, nothing is undone.</summary>
public sealed class CrashException() : Exception("The process died here.");
