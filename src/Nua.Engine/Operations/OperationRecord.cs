using Nua.Core.Problems;

namespace Nua.Engine.Operations;

/// <summary>A change of the world, as the journal has it.</summary>
/// <param name="Id">Sortable by time, unique on this server.</param>
/// <param name="Kind">The use case: <c>build</c>, <c>deploy</c>, <c>destroy</c> …</param>
/// <param name="Subject">The instance or the app it changes: one unfinished operation per subject at a time.</param>
/// <param name="Request">What was asked, as JSON, so that it can go on after a crash. Never holds a secret.</param>
/// <param name="StartedBy">Who asked.</param>
/// <param name="State">How far it is.</param>
/// <param name="StartedAt">When it was asked.</param>
/// <param name="EndedAt">When it came to its end; <see langword="null"/> while it has not.</param>
/// <param name="Result">What came of it, as JSON, when it succeeded.</param>
/// <param name="Problem">Why it failed, when it did.</param>
public sealed record OperationRecord(
    string Id,
    string Kind,
    string Subject,
    string Request,
    string StartedBy,
    OperationState State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt = null,
    string? Result = null,
    Problem? Problem = null)
{
    /// <summary>Whether it keeps its subject locked.</summary>
    public bool IsUnfinished => State is OperationState.Running or OperationState.Stuck;

    /// <summary>The step that it is at; of a stuck one, the step that resists. <see langword="null"/>: none has begun.</summary>
    /// <param name="steps">What was written of its steps, in their order.</param>
    public StepRecord? StepOf(IReadOnlyList<StepRecord> steps) => State is OperationState.Stuck
        ? steps.LastOrDefault(step => step.State is StepState.UndoFailed)
        : steps is [] ? null : steps[^1];
}

/// <summary>How far an operation is.</summary>
public enum OperationState
{
    /// <summary>Its steps are being done; after a crash they go on or are undone.</summary>
    Running,

    /// <summary>It came to its end; what it left behind, if anything, is its problem.</summary>
    Succeeded,

    /// <summary>It failed, and what it had done before its commit was undone.</summary>
    Failed,

    /// <summary>It failed, and not all could be undone: it keeps its subject locked, and the server tries again.</summary>
    Stuck,
}

/// <summary>One step of an operation, as the journal has it.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Name">What it does, in words.</param>
/// <param name="State">How far it is.</param>
/// <param name="StartedAt">When its intent was written.</param>
/// <param name="EndedAt">When its outcome was written.</param>
/// <param name="Result">What it answered, as JSON; never a secret.</param>
/// <param name="Detail">What went wrong, in a sentence.</param>
public sealed record StepRecord(
    int Number,
    string Name,
    StepState State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt = null,
    string? Result = null,
    string? Detail = null);

/// <summary>How far a step is. The intent is written before the step, the outcome after it.</summary>
public enum StepState
{
    /// <summary>It may have happened, in part or whole.</summary>
    Started,

    /// <summary>It happened.</summary>
    Done,

    /// <summary>It failed; half of it may have happened.</summary>
    Failed,

    /// <summary>It was put back.</summary>
    Undone,

    /// <summary>It could not be put back yet.</summary>
    UndoFailed,
}
