namespace Nua.Api;

/// <summary>Asks for a token.</summary>
/// <param name="Name">Who or what is to use it; unique.</param>
/// <param name="Scopes">What it is to allow: <c>read</c>, <c>operate</c>, <c>deploy</c>, <c>admin</c>; each includes <c>read</c>.</param>
/// <param name="LifeSeconds">How long it is to be worth something.</param>
/// <param name="Instances">The instances it is limited to; without any, the whole server.</param>
public sealed record TokenBody(string Name, IReadOnlyList<string> Scopes, long LifeSeconds, IReadOnlyList<string>? Instances = null);

/// <summary>A token, without what makes it worth something.</summary>
/// <param name="Id">The part of it that is no secret.</param>
/// <param name="Name">Who or what uses it.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="Instances">The instances it is limited to; empty: the whole server.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">From when on it is worth nothing.</param>
public sealed record TokenView(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Instances,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt);

public sealed record TokenList(IReadOnlyList<TokenView> Tokens);

/// <summary>A new token: the one time that it is shown.</summary>
/// <param name="Token">Which.</param>
/// <param name="Text">The token itself.</param>
/// <param name="Door">Where it is used; <see langword="null"/>: the remote door is shut.</param>
public sealed record NewTokenView(TokenView Token, string Text, DoorStatus? Door = null);

/// <summary>Whoever asks, as the server knows them.</summary>
/// <param name="Who">A user of the server's machine, or a token.</param>
/// <param name="Scopes">What they may do.</param>
/// <param name="Instances">Where; empty: on the whole server.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="ExpiresAt">Until when; <see langword="null"/>: as long as they are a user of that machine.</param>
public sealed record WhoAmIView(
    string Who,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Instances,
    string Server,
    string Version,
    DateTimeOffset? ExpiresAt = null);

/// <summary>The remote door.</summary>
/// <param name="Listen">Where it listens: <c>ADDRESS:PORT</c>.</param>
/// <param name="Fingerprint">The SHA-256 of its certificate: <c>sha256:…</c></param>
public sealed record DoorStatus(IReadOnlyList<string> Listen, string Fingerprint);

/// <summary>What was asked of the server, and refused.</summary>
/// <param name="Records">The newest first.</param>
public sealed record AuditList(IReadOnlyList<AuditRecordView> Records);

/// <param name="Number">Its place in the chain, from 1.</param>
/// <param name="At">When.</param>
/// <param name="Who">A user of the server's machine, or a token; <c>nobody</c>: whoever it was had none.</param>
/// <param name="From">An address, or <c>socket</c>.</param>
/// <param name="What">The request's method and route.</param>
/// <param name="Outcome"><c>asked</c> before it is done; then the status, with what came of it or why not.</param>
/// <param name="Hash">Of the hash before it, its number and all else that stands here.</param>
/// <param name="Instance">The instance it is about.</param>
public sealed record AuditRecordView(
    long Number, DateTimeOffset At, string Who, string From, string What, string Outcome, string Hash, string? Instance = null);

/// <summary>What a look at the whole audit trail found.</summary>
/// <param name="Records">How many records there are.</param>
/// <param name="Head">The last one's hash. Kept elsewhere, it shows later that the end was not cut off.</param>
/// <param name="BrokenAt">The first record that does not follow from the one before; <see langword="null"/>: all do.</param>
public sealed record AuditCheckView(long Records, string Head, long? BrokenAt = null);
