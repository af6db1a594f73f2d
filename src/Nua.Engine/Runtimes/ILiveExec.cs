namespace Nua.Engine.Runtimes;

/// <summary>
/// A driver that lets somebody talk with a command while it runs. Optional: a driver that cannot does not implement it.
/// Every implementation passes <c>RuntimeDriverContract</c>.
/// </summary>
public interface ILiveExec
{
    /// <summary>Starts a command in the workload; it ends with <see cref="IExecSession.EndAsync"/> at the latest.</summary>
    /// <param name="id">Where.</param>
    /// <param name="command">What.</param>
    /// <param name="terminal">
    /// The size of the terminal it is given: what it writes is then one stream, and what it reads are keys. <see langword="null"/>: none.
    /// </param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IExecSession> OpenExecAsync(WorkloadId id, ExecCommand command, TerminalSize? terminal, CancellationToken cancellation);
}

/// <summary>The size of a terminal, in characters.</summary>
public sealed record TerminalSize(int Columns, int Rows);

/// <summary>A command that runs, and its three streams: bytes, unchanged. Reading, writing and ending may go on at once.</summary>
public interface IExecSession : IAsyncDisposable
{
    /// <summary>Gives it input. What it does not want any more is dropped.</summary>
    Task WriteAsync(ReadOnlyMemory<byte> input, CancellationToken cancellation);

    /// <summary>There is no more input.</summary>
    Task EndInputAsync(CancellationToken cancellation);

    /// <summary>What it wrote next.</summary>
    Task<ExecOutput> ReadAsync(Memory<byte> buffer, CancellationToken cancellation);

    /// <summary>Its terminal has another size now; without a terminal, nothing.</summary>
    Task ResizeAsync(TerminalSize size, CancellationToken cancellation);

    /// <summary>How it ended; waits until it has.</summary>
    Task<int> ExitCodeAsync(CancellationToken cancellation);

    /// <summary>Hangs up on it and what it started, and after <paramref name="grace"/> ends them.</summary>
    Task EndAsync(TimeSpan grace, CancellationToken cancellation);
}

/// <summary>What a command wrote.</summary>
/// <param name="Count">How many bytes; 0: it writes no more.</param>
/// <param name="IsError">On which of its two streams.</param>
public readonly record struct ExecOutput(int Count, bool IsError);
