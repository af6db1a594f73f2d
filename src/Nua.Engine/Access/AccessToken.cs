namespace Nua.Engine.Access;

/// <summary>A token as the server knows it; the token itself was shown once and is nowhere.</summary>
/// <param name="Id">The part of the token that is no secret.</param>
/// <param name="Name">Who or what uses it, as the operator named it; unique.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="Instances">The instances it is limited to; empty: the whole server.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">From when on it is worth nothing.</param>
public sealed record AccessToken(
    string Id,
    string Name,
    IReadOnlyList<Scope> Scopes,
    IReadOnlyList<string> Instances,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt);

/// <summary>A token with what tells it from a forged one.</summary>
/// <param name="Token">Which.</param>
/// <param name="Hash">The SHA-256 of its secret part. That part is 256 random bits, so a slow hash would add nothing.</param>
public sealed record KnownToken(AccessToken Token, byte[] Hash);
