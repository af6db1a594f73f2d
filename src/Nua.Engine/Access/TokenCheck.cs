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

        return known.Token.ExpiresAt > clock.GetUtcNow()
            ? known.Token
            : throw new NuaException(AccessProblems.Expired(known.Token.ExpiresAt));
    }
}
