namespace Nua.Core.Problems;

/// <summary>What went wrong, said once: a code to search for, a sentence to read, a hint to act on.</summary>
/// <param name="Kind">How the reader's world differs from what Nua needed.</param>
/// <param name="Code">Stable and never reused: <c>room.what-happened</c>.</param>
/// <param name="Message">One sentence naming the thing that failed and the value that made it fail.</param>
/// <param name="Hint">What the reader can do next, as an imperative; a command where one mends it.</param>
/// <param name="Details">The lines that show the cause (the end of a log, the findings in a file); empty when there are none.</param>
public sealed record Problem(ProblemKind Kind, string Code, string Message, string Hint, IReadOnlyList<string>? Details = null)
{
    public IReadOnlyList<string> Details { get; init; } = Details ?? [];

    public override string ToString() => $"{Message} [{Code}]";
}

/// <summary>Decides the exit code (the number beside each) and the HTTP status; the code decides everything else.</summary>
public enum ProblemKind
{
    /// <summary>A bug in Nua (1).</summary>
    Bug,

    /// <summary>Usage or invalid input (2).</summary>
    Invalid,

    /// <summary>What was named does not exist (3).</summary>
    NotFound,

    /// <summary>Refused: it conflicts with what is there, or a policy forbids it (4).</summary>
    Conflict,

    /// <summary>A build failed (5).</summary>
    BuildFailed,

    /// <summary>Tests or health failed; the old version still serves (6).</summary>
    TestsFailed,

    /// <summary>A backup, a restore or a verification failed (7).</summary>
    BackupFailed,

    /// <summary>Locked, or the engine or a destination is unavailable (8).</summary>
    Unavailable,

    /// <summary>Done in part: attention needed (9).</summary>
    Partial,

    /// <summary>Refused: nobody knows who asks (4).</summary>
    Unauthenticated,

    /// <summary>Refused: who asks may not do that (4).</summary>
    Forbidden,

    /// <summary>Refused for a while: too much was asked, or guessed (8).</summary>
    TooMany,
}
