using Nua.Core.Problems;

namespace Nua.Engine.Operations;

/// <summary>The journal of operations. What a member has returned from is on disk and survives a power cut.</summary>
/// <remarks>Every implementation, the in-memory one included, passes <c>OperationLogContract</c>.</remarks>
public interface IOperationLog
{
    /// <summary>Opens an operation and takes its subject's lock.</summary>
    /// <exception cref="NuaException"><c>operation.locked</c>: an unfinished operation holds the subject; it says which, and its step.</exception>
    Task BeginAsync(OperationRecord operation, CancellationToken cancellation);

    /// <summary>Writes a step, replacing what was written of the one of that number.</summary>
    Task WriteStepAsync(string operation, StepRecord record, CancellationToken cancellation);

    /// <summary>Closes an operation and releases its lock, unless it is stuck.</summary>
    Task EndAsync(string operation, OperationState state, DateTimeOffset at, string? result, Problem? problem, CancellationToken cancellation);

    /// <summary>The operation of that id.</summary>
    Task<OperationRecord?> FindAsync(string operation, CancellationToken cancellation);

    /// <summary>The newest operations first: those that pass the filter, and no more of them than that.</summary>
    Task<IReadOnlyList<OperationRecord>> ListAsync(OperationFilter filter, int limit, CancellationToken cancellation);

    /// <summary>Running and stuck ones, oldest first.</summary>
    Task<IReadOnlyList<OperationRecord>> UnfinishedAsync(CancellationToken cancellation);

    /// <summary>Forgets a subject's operations that have come to their end, but for the newest <paramref name="keep"/>, with their steps.</summary>
    Task ForgetAsync(string subject, int keep, CancellationToken cancellation);

    /// <summary>What was written of an operation's steps, in their order.</summary>
    Task<IReadOnlyList<StepRecord>> StepsAsync(string operation, CancellationToken cancellation);
}
