namespace Nua.Api;

/// <summary>A problem as it travels: RFC 9457 with a code, a hint and an exit code.</summary>
/// <param name="Type">A name for the code that is a URI: <c>urn:nua:problem:deploy.domain-taken</c>.</param>
/// <param name="Title">The kind, in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What went wrong, in one sentence.</param>
/// <param name="Code">Stable and never reused: <c>room.what-happened</c>.</param>
/// <param name="Kind">One of the names in <see cref="ProblemKinds"/>.</param>
/// <param name="Hint">What the reader can do next; a command where one mends it.</param>
/// <param name="Details">The lines that show the cause; empty when there are none.</param>
/// <param name="Exit">The exit code a command ends with.</param>
public sealed record ProblemView(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string Kind,
    string Hint,
    IReadOnlyList<string> Details,
    int Exit)
{
    /// <summary>The media type of RFC 9457.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>What every <see cref="Type"/> begins with.</summary>
    public const string TypePrefix = "urn:nua:problem:";

    public static ProblemView Of(string kind, string code, string message, string hint, IReadOnlyList<string>? details = null)
    {
        var known = ProblemKinds.Find(kind);
        return new ProblemView(
            $"{TypePrefix}{code}", known.Title, known.Status, message, code, known.Name, hint, details ?? [], known.Exit);
    }
}

/// <summary>What a kind of problem means outside the process.</summary>
/// <param name="Name">As it travels.</param>
/// <param name="Title">In words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Exit">The exit code.</param>
/// <param name="Meaning">One line for the help of a command.</param>
public sealed record ProblemKindView(string Name, string Title, int Status, int Exit, string Meaning);

/// <summary>The kinds of problems: the one table that both the server's answers and the exit codes follow.</summary>
public static class ProblemKinds
{
    private const string Refused = "refused: conflict or policy";
    private const string Unavailable = "locked, or the engine or a destination is unavailable";

    private static readonly ProblemKindView Bug = new("bug", "A bug in Nua", 500, 1, "a bug in Nua");

    public static IReadOnlyList<ProblemKindView> All { get; } =
    [
        Bug,
        new("invalid", "Invalid input", 400, 2, "usage or invalid input"),
        new("not-found", "Not found", 404, 3, "not found"),
        new("conflict", "Refused", 409, 4, Refused),
        new("build-failed", "The build failed", 422, 5, "build failed"),
        new("tests-failed", "The tests failed", 422, 6, "tests or health failed; the old version still serves"),
        new("backup-failed", "The backup failed", 422, 7, "backup, restore or verification failed"),
        new("unavailable", "Unavailable", 503, 8, Unavailable),
        new("partial", "Done in part", 500, 9, "done in part: attention needed"),
        new("unauthenticated", "Who asks?", 401, 4, Refused),
        new("forbidden", "Not allowed", 403, 4, Refused),
        new("too-many", "Too many requests", 429, 8, Unavailable),
    ];

    /// <summary>The kind of that name; what nobody knows is a bug.</summary>
    public static ProblemKindView Find(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? Bug;
}

/// <summary>The server refused, or could not be asked.</summary>
public sealed class ApiException(ProblemView problem, Exception? cause = null)
    : Exception($"{problem.Detail} [{problem.Code}]", cause)
{
    public ProblemView Problem { get; } = problem;
}
