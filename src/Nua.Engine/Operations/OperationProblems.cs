using System.Globalization;
using Nua.Core.Problems;

namespace Nua.Engine.Operations;

/// <summary>The words of the room.</summary>
public static class OperationProblems
{
    /// <summary>Somebody else works on the subject.</summary>
    public const string LockedCode = "operation.locked";

    internal const string StuckCode = "operation.stuck";

    /// <summary>The subject has an unfinished operation.</summary>
    /// <param name="holder">The operation.</param>
    /// <param name="steps">What was written of its steps.</param>
    public static Problem Locked(OperationRecord holder, IReadOnlyList<StepRecord> steps)
    {
        var who = $"{holder.Kind} by '{holder.StartedBy}' since {holder.StartedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}Z";
        return holder.State is OperationState.Stuck
            ? new(
                ProblemKind.Unavailable,
                LockedCode,
                $"'{holder.Subject}' is locked: {who}, which could be neither finished nor put back{Name(holder.StepOf(steps))}.",
                $"See what resists with 'nua operations show {holder.Id}', and have it tried now with 'nua operations resume {holder.Id}'.")
            : new(
                ProblemKind.Unavailable,
                LockedCode,
                $"'{holder.Subject}' is being changed: {who}{Name(holder.StepOf(steps))}.",
                $"Follow it with 'nua operations show {holder.Id} --follow', or wait for its end with --wait-lock 10m.");
    }

    /// <summary>The journal has no operation of that id.</summary>
    public static Problem Unknown(string id) => new(
        ProblemKind.NotFound,
        "operation.unknown",
        $"There is no operation '{id}'.",
        "List them with 'nua operations list'.");

    /// <summary>It is being done at this moment.</summary>
    public static Problem UnderWay(OperationRecord operation) => new(
        ProblemKind.Conflict,
        "operation.under-way",
        $"This {operation.Kind} of '{operation.Subject}' is under way; there is nothing to resume.",
        $"Follow it with 'nua operations show {operation.Id} --follow'.");

    /// <summary>It came to its end before.</summary>
    public static Problem HasEnded(OperationRecord operation) => new(
        ProblemKind.Conflict,
        "operation.has-ended",
        $"This {operation.Kind} of '{operation.Subject}' has {(operation.State is OperationState.Succeeded ? "succeeded" : "failed")}; there is nothing to resume.",
        $"See what came of it with 'nua operations show {operation.Id}'; ask for the {operation.Kind} again to have it again.");

    /// <summary>A newer Nua began it.</summary>
    public static Problem UnknownKind(OperationRecord operation) => new(
        ProblemKind.Conflict,
        "operation.unknown-kind",
        $"This version of Nua does not know how to go on with a '{operation.Kind}' of '{operation.Subject}'.",
        "Install the version that began it, or a newer one.");

    internal static Problem Interrupted(OperationRecord operation) => new(
        ProblemKind.Partial,
        "operation.interrupted",
        $"The server stopped in the middle of this {operation.Kind} of '{operation.Subject}'; what had been done was undone.",
        $"Ask for it again; 'nua status {operation.Subject}' shows what serves now.");

    internal static Problem Cancelled(OperationRecord operation) => new(
        ProblemKind.Unavailable,
        "operation.cancelled",
        $"This {operation.Kind} of '{operation.Subject}' was cancelled; what had been done was undone.",
        "Ask for it again when you are ready.");

    internal static Problem Unfinished(OperationRecord operation) => new(
        ProblemKind.Partial,
        "operation.unfinished",
        $"This {operation.Kind} of '{operation.Subject}' was broken off after it was decided; the rest goes on by itself.",
        $"See how far it is with 'nua status {operation.Subject}'.");

    internal static Problem Stuck(OperationRecord operation) => new(
        ProblemKind.Partial,
        StuckCode,
        $"This {operation.Kind} of '{operation.Subject}' was broken off, and not all that had been done could be put back.",
        $"The server tries again by itself, less and less often; 'nua operations show {operation.Id}' says what resists, "
        + $"and 'nua operations resume {operation.Id}' tries now.");

    internal static Problem Untidy(OperationRecord operation, IReadOnlyList<string> details) => new(
        ProblemKind.Partial,
        "operation.untidy",
        $"This {operation.Kind} of '{operation.Subject}' succeeded, but something was left behind.",
        "Nothing to do: the server tries again by itself; 'nua server cleanup' tries now.",
        details);

    internal static Problem Bug(Exception failure) => new(
        ProblemKind.Bug,
        "operation.bug",
        $"Nua made a mistake: {failure.GetType().Name}: {failure.Message}",
        "Please report it with the server's log, which has the details.");

    private static string Name(StepRecord? step) => step is null ? "" : $", step {step.Number} '{step.Name}'";
}
