using Nua.Core.Problems;

namespace Nua.Engine.Access;

/// <summary>Tells whose a token is.</summary>
/// <param name="store">The tokens there are.</param>
/// <param name="clock">The time.</param>
public sealed class TokenCheck(IAccessStore store, TimeProvider clock)
{
    /// <summary>The token's holder.</summary>
    /// <exception cref="NuaException"><c>access.bad-token</c>; to who has its secret, <c>access.expired</c></exception>
    public async Task<AccessToken> HolderOfAsync(string text, CancellationToken cancellation)
    {
        if (TokenText.Parse(text) is not { } token
            || await store.FindAsync(token.Id, cancellation) is not { } known
            || !token.Is(known))
        {
            throw new NuaException(AccessProblems.BadToken);
        }

        return IsExpired(known.Token) ? throw new NuaException(AccessProblems.Expired(known.Token.ExpiresAt)) : known.Token;
    }

    /// <summary>Why a token that was good is so no more: it was revoked, or has expired; <see langword="null"/>: it still is.</summary>
    public async Task<Problem?> WhyNoMoreAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) switch
        {
            null => AccessProblems.Revoked,
            { Token: var token } when IsExpired(token) => AccessProblems.Expired(token.ExpiresAt),
            _ => null,
        };

    private bool IsExpired(AccessToken token) => token.ExpiresAt <= clock.GetUtcNow();
}
