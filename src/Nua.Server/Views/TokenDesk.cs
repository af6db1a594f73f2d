using Nua.Api;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Access;
using Nua.Server.Doors;

namespace Nua.Server.Views;

/// <summary>Answers which tokens there are, makes them and revokes them.</summary>
internal sealed class TokenDesk(ControlPlane plane)
{
    /// <summary>All of them, by name.</summary>
    public async Task<TokenList> ListAsync(CancellationToken cancellation) =>
        new([.. (await plane.Tokens.ListAsync(cancellation)).Select(Of)]);

    /// <summary>Makes one; this is the only time that it is to be seen.</summary>
    /// <exception cref="NuaException"><c>access.bad-request</c>, <c>access.name-taken</c>, <c>instance.bad-name</c></exception>
    public async Task<NewTokenView> CreateAsync(TokenBody body, string createdBy, CancellationToken cancellation)
    {
        var wish = new TokenWish(
            body.Name,
            [.. body.Scopes.Select(ScopeOf)],
            [.. (body.Instances ?? []).Select(InstanceName.Parse)],
            TimeSpan.FromSeconds(Math.Clamp(body.LifeSeconds, 0, int.MaxValue)));
        var (known, text) = wish.Make(createdBy, plane.Seams.Clock.GetUtcNow());
        await plane.Tokens.AddAsync(known, cancellation);
        return new NewTokenView(Of(known.Token), text.Reveal(), plane.Door?.Status);
    }

    /// <summary>Forgets one; who asks with it from now on is nobody.</summary>
    /// <exception cref="NuaException"><c>access.no-such-token</c></exception>
    public async Task<TokenView> RevokeAsync(string nameOrId, CancellationToken cancellation)
    {
        var token = (await plane.Tokens.ListAsync(cancellation)).FirstOrDefault(one => one.Id == nameOrId || one.Name == nameOrId);
        return token is not null && await plane.Tokens.RemoveAsync(token.Id, cancellation)
            ? Of(token)
            : throw new NuaException(AccessProblems.NoSuchToken(nameOrId));
    }

    /// <summary>Whoever asks.</summary>
    public WhoAmIView Describe(Caller caller) => new(
        caller.Principal.Who,
        WordsOf(caller.Principal.Scopes),
        caller.Principal.Instances,
        plane.Seams.Names.Server,
        StatusDesk.Version,
        caller.Token?.ExpiresAt);

    private static TokenView Of(AccessToken token) => new(
        token.Id, token.Name, WordsOf(token.Scopes), token.Instances, token.CreatedBy, token.CreatedAt, token.ExpiresAt);

    private static IReadOnlyList<string> WordsOf(IReadOnlyList<Scope> scopes) => [.. scopes.Select(AccessProblems.Word)];

    private static Scope ScopeOf(string word) => Enum.GetValues<Scope>().Where(one => AccessProblems.Word(one) == word).ToList() is [var scope]
        ? scope
        : throw new NuaException(AccessProblems.BadRequest($"there is no scope '{word}'"));
}
