using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nua.Api;

/// <param name="Operations">The newest first.</param>
/// <param name="Next">Where the next list begins, as <c>before</c>; <see langword="null"/>: there is no more.</param>
public sealed record OperationList(IReadOnlyList<OperationView> Operations, string? Next = null);

/// <summary>Which operations are asked for; what is <see langword="null"/> is not asked about.</summary>
/// <param name="Subject">The instance or the app they change.</param>
/// <param name="Kind">What they do.</param>
/// <param name="State">How far they are.</param>
/// <param name="Since">When they started: then or later.</param>
/// <param name="Before">Where an earlier list ended.</param>
/// <param name="Limit">How many at most.</param>
public sealed record OperationQuery(
    string? Subject = null,
    string? Kind = null,
    string? State = null,
    DateTimeOffset? Since = null,
    string? Before = null,
    int? Limit = null);

/// <summary>A journaled change of the world.</summary>
/// <param name="Id">Sortable by time.</param>
/// <param name="Kind"><c>build</c>, <c>deploy</c>, <c>start</c>, <c>stop</c>, <c>restart</c>, <c>destroy</c> …</param>
/// <param name="Subject">The instance or the app it changes.</param>
/// <param name="State"><c>running</c>, <c>succeeded</c>, <c>failed</c> (and undone) or <c>stuck</c> (the server tries again).</param>
/// <param name="StartedBy">Who asked.</param>
/// <param name="StartedAt">When.</param>
/// <param name="EndedAt">When it came to its end.</param>
/// <param name="Result">What came of it, when it succeeded.</param>
/// <param name="Problem">Why it failed; or, when it succeeded, what is left to tidy.</param>
public sealed record OperationView(
    string Id,
    string Kind,
    string Subject,
    string State,
    string StartedBy,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt = null,
    JsonElement? Result = null,
    ProblemView? Problem = null);

/// <summary>An operation that holds the lock of its subject.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Subject">The instance or the app it changes.</param>
/// <param name="State"><c>running</c>, or <c>stuck</c>: it could not be put back yet.</param>
/// <param name="StartedBy">Who asked.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Step">The name of the step it is at; <see langword="null"/> before the first.</param>
/// <param name="StepNumber">Its place, from 1.</param>
public sealed record UnderWayView(
    string Id,
    string Kind,
    string Subject,
    string State,
    string StartedBy,
    DateTimeOffset StartedAt,
    string? Step = null,
    int? StepNumber = null);

/// <summary>An operation with its steps.</summary>
public sealed record OperationDetail(OperationView Operation, IReadOnlyList<StepView> Steps);

/// <param name="Number">Its place, from 1.</param>
/// <param name="Name">What it does, in words.</param>
/// <param name="State"><c>started</c>, <c>done</c>, <c>failed</c>, <c>undone</c> or <c>undo-failed</c>.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Milliseconds">How long it took; <see langword="null"/> while it is under way.</param>
/// <param name="Detail">What went wrong, in a sentence.</param>
public sealed record StepView(
    int Number, string Name, string State, DateTimeOffset StartedAt, long? Milliseconds = null, string? Detail = null);

/// <summary>What somebody who watches an operation is told.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StepChanged), "step")]
[JsonDerivedType(typeof(Line), "line")]
[JsonDerivedType(typeof(Ended), "end")]
public abstract record OperationEventView
{
    private OperationEventView() { }

    /// <summary>A step began, ended, failed or was undone.</summary>
    public sealed record StepChanged(StepView Step) : OperationEventView;

    /// <summary>A line of a build's log or the like; not journaled.</summary>
    public sealed record Line(string Text) : OperationEventView;

    /// <summary>The end: always the last event.</summary>
    public sealed record Ended(OperationView Operation) : OperationEventView;
}
