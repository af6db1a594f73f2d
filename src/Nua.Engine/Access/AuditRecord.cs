namespace Nua.Engine.Access;

/// <summary>Something that was asked of the server, or refused.</summary>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Who">A user of this machine, or a token; <c>nobody</c>: whoever it was had no token.</param>
/// <param name="From">An address, or <c>socket</c>.</param>
/// <param name="What">The request's method and route: nothing that its sender made up.</param>
/// <param name="Instance">The instance it is about, where it is about one.</param>
/// <param name="Outcome">
/// <c>asked</c> before it is done; then the status of the answer, with a problem's code, or with what came of it, such as
/// <c>202 operation 0190f2…</c>.
/// </param>
public sealed record AuditEntry(DateTimeOffset At, string Who, string From, string What, string? Instance, string Outcome)
{
    /// <summary>What is <see cref="Outcome"/> before the outcome is known.</summary>
    public const string Asked = "asked";

    /// <summary>Who asked, when nobody knows.</summary>
    public const string Nobody = "nobody";
}

/// <summary>An entry with its place in the chain.</summary>
/// <param name="Number">Its place, from 1, without gaps.</param>
/// <param name="Entry">What happened.</param>
/// <param name="Hash">Of the hash before it, its number and its entry; hexadecimal.</param>
public sealed record AuditRecord(long Number, AuditEntry Entry, string Hash);

/// <summary>Which records are asked for: the newest that fit.</summary>
/// <param name="Limit">How many at most.</param>
/// <param name="Since">Not older than that.</param>
/// <param name="Instance">Only about that instance.</param>
public sealed record AuditQuery(int Limit, DateTimeOffset? Since = null, string? Instance = null);

/// <summary>What a look at the whole chain found.</summary>
/// <param name="Records">How many there are.</param>
/// <param name="BrokenAt">The first record that does not follow from the one before; <see langword="null"/>: all do.</param>
/// <param name="Head">The last one's hash. Kept elsewhere, it shows later that the end was not cut off.</param>
public sealed record AuditCheck(long Records, long? BrokenAt, string Head);
