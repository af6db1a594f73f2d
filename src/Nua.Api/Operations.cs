using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nua.Api;

public sealed record OperationList(IReadOnlyList<OperationView> Operations);

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
