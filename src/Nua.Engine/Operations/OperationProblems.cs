using Nua.Core.Problems;

namespace Nua.Engine.Operations;

/// <summary>The words of the room.</summary>
public static class OperationProblems
{
    public static Problem Locked(OperationRecord holder) => new(
        ProblemKind.Unavailable,
        "operation.locked",
        $"'{holder.Subject}' is being changed: {holder.Kind}, started {holder.StartedAt:yyyy-MM-dd HH:mm:ss}Z by {holder.StartedBy}.",
        $"Follow it with 'nua operations show {holder.Id}', and try again when it has ended.");

    public static Problem Unknown(string id) => new(
        ProblemKind.NotFound,
        "operation.unknown",
        $"There is no operation '{id}'.",
        "List them with 'nua operations list'.");

    internal static Problem Interrupted(string kind, string subject) => new(
        ProblemKind.Partial,
        "operation.interrupted",
        $"The server stopped in the middle of this {kind} of '{subject}'; what had been done was undone.",
        $"Ask for it again; 'nua status {subject}' shows what serves now.");

    internal static Problem Cancelled(string kind, string subject) => new(
        ProblemKind.Unavailable,
        "operation.cancelled",
        $"This {kind} of '{subject}' was cancelled; what had been done was undone.",
        "Ask for it again when you are ready.");

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
