using Nua.Gateway.Acme;

namespace Nua.Gateway.Issuing;

/// <summary>What is remembered of a public name, so that a restart neither forgets an advice nor asks more often than is welcome.</summary>
/// <param name="Host">The name.</param>
internal sealed record NameRecord(string Host)
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4),
        TimeSpan.FromHours(12),
    ];

    private static readonly TimeSpan BetweenGifts = TimeSpan.FromHours(1);

    /// <summary>Who gave the certificate.</summary>
    public string? Authority { get; init; }

    /// <summary>When its authority wants it renewed.</summary>
    public RenewalWindow? Advice { get; init; }

    /// <summary>When to ask for advice again.</summary>
    public DateTimeOffset AskAt { get; init; }

    /// <summary>How often in a row none was given.</summary>
    public int Failures { get; init; }

    /// <summary>Not before that.</summary>
    public DateTimeOffset NextTry { get; init; }

    /// <summary>Why, the last time.</summary>
    public string? Problem { get; init; }

    /// <summary>What is to be revoked, the oldest first.</summary>
    public IReadOnlyList<Condemned> Condemned { get; init => field = value ?? []; } = [];

    /// <summary>When revoking is tried again.</summary>
    public DateTimeOffset RevokeAt { get; init; }

    /// <summary>One was given. Should it be due at once, the clock may be wrong: no authority is asked for one after the other.</summary>
    public NameRecord Obtained(string authority, DateTimeOffset now) => new(Host)
    {
        Authority = authority,
        NextTry = now + BetweenGifts,
        Condemned = Condemned,
        RevokeAt = RevokeAt,
    };

    /// <summary>None was given. The pauses grow: five failures an hour are what large authorities bear.</summary>
    /// <param name="problem">Why.</param>
    /// <param name="wait">For how long the authority wants to be left alone.</param>
    /// <param name="now">The time.</param>
    public NameRecord Refused(string problem, TimeSpan? wait, DateTimeOffset now)
    {
        var pause = Pauses[Math.Min(Failures, Pauses.Length - 1)];
        return this with { Failures = Failures + 1, Problem = problem, NextTry = now + (wait > pause ? wait.Value : pause) };
    }
}
