using Nua.Core.Problems;

namespace Nua.Engine.Operations;

/// <summary>The words of the room.</summary>
public static class OperationProblems
{
    /// <summary>Somebody else works on the subject.</summary>
    public const string LockedCode = "operation.locked";

    internal const string StuckCode = "operation.stuck";

    /// <summary>The subject has an unfinished operation.</summary>
    public static Problem Locked(OperationRecord holder) => new(
        ProblemKind.Unavailable,
        LockedCode,
        $"'{holder.Subject}' is being changed: {holder.Kind}, started {holder.StartedAt:yyyy-MM-dd HH:mm:ss}Z by {holder.StartedBy}.",
        $"Follow it with 'nua operations show {holder.Id}', and try again when it has ended.");

    /// <summary>The journal has no operation of that id.</summary>
    public static Problem Unknown(string id) => new(
        ProblemKind.NotFound,
        "operation.unknown",
        $"There is no operation '{id}'.",
        "List them with 'nua operations list'.");

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
        $"Nothing to do: the server tries again by itself; 'nua operations show {operation.Id}' says what resists.");

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
}
