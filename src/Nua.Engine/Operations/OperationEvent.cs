using Nua.Core.Problems;

namespace Nua.Engine.Operations;

/// <summary>What somebody who watches an operation sees.</summary>
public abstract record OperationEvent
{
    private OperationEvent() { }

    /// <summary>A step began, ended, failed or was undone.</summary>
    public sealed record StepChanged(StepRecord Record) : OperationEvent;

    /// <summary>A line of a build's log or the like; not journaled.</summary>
    public sealed record Line(string Text) : OperationEvent;

    /// <summary>The end: always the last event.</summary>
    public sealed record Ended(OperationState State, string? Result, Problem? Problem) : OperationEvent;
}
