namespace Nua.Api;

/// <summary>A command to run and to talk with.</summary>
/// <param name="Command">A program and its arguments.</param>
/// <param name="Workload">In which workload, by its role; without it in the app. Of a one-off command always the app.</param>
/// <param name="User">As whom; without it, as the workload's own user.</param>
/// <param name="Variables">Variables beside the workload's own.</param>
/// <param name="Terminal">The caller's terminal; without it the command has three streams.</param>
public sealed record CommandBody(
    IReadOnlyList<string> Command,
    string? Workload = null,
    string? User = null,
    IReadOnlyDictionary<string, string>? Variables = null,
    TerminalView? Terminal = null);

/// <summary>The size of a terminal, in characters.</summary>
public sealed record TerminalView(int Columns, int Rows);

/// <summary>A command that waits for whoever asked for it: it is run once they come, by the WebSocket of that id.</summary>
public sealed record SessionView(string Id);

/// <summary>How a session ended: the last thing that is said.</summary>
/// <param name="ExitCode">How the command ended.</param>
/// <param name="Problem">Why it did not come to its end.</param>
public sealed record SessionEnd(int? ExitCode = null, ProblemView? Problem = null);

/// <summary>What a message of a session's WebSocket is: its first byte. The rest of the message is what it says.</summary>
public enum FrameKind : byte
{
    /// <summary>To the command: bytes of its input.</summary>
    Input = 0,

    /// <summary>To the command: there is no more input.</summary>
    EndOfInput = 1,

    /// <summary>To the command: its terminal has another size, a <see cref="TerminalView"/>.</summary>
    Resize = 2,

    /// <summary>From the command: bytes of its standard output, or of its terminal.</summary>
    Output = 16,

    /// <summary>From the command: bytes of its standard error.</summary>
    Error = 17,

    /// <summary>From the server, and the last: a <see cref="SessionEnd"/>.</summary>
    End = 18,
}

/// <summary>A message of a session. Its body is valid until the next is received.</summary>
public readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Body);
