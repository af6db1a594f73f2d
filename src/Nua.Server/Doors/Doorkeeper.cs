using System.Net.Http.Headers;
using Nua.Core.Problems;
using Nua.Engine.Access;

namespace Nua.Server.Doors;

/// <summary>Finds out who asks, and slows down who asks too much or guesses.</summary>
internal sealed class Doorkeeper(IAccessStore tokens, TimeProvider clock)
{
    private const string Scheme = "Bearer";
    private const string Challenge = Scheme + " realm=\"nua\"";

    private readonly TokenCheck _check = new(tokens, clock);
    private readonly LockOut _lockOut = new(clock);
    private readonly RequestBudget _addresses = new(burst: 200, perSecond: 50, clock);
    private readonly RequestBudget _holders = new(burst: 100, perSecond: 20, clock);

    /// <summary>Who may use this machine's socket is its administrator; anybody else needs a token.</summary>
    /// <exception cref="NuaException">
    /// <c>access.no-token</c>, <c>access.bad-token</c>, <c>access.expired</c>, <c>access.locked-out</c>,
    /// <c>access.too-many-requests</c>
    /// </exception>
    public Task<Caller> AdmitAsync(HttpContext context, Origin origin) => origin.User is { } user
        ? Task.FromResult(new Caller(Principal.Administrator(user)))
        : AdmitStrangerAsync(context, origin.From);

    /// <summary>Has the request of somebody who was let in answered, for as long as their token is good.</summary>
    /// <exception cref="NuaException"><c>access.revoked</c>, <c>access.expired</c></exception>
    public Task AnswerAsync(Caller caller, HttpContext context, RequestDelegate next) =>
        caller.Token is { } token ? new Stay(token, _check, clock).AnswerAsync(context, next) : next(context);

    private async Task<Caller> AdmitStrangerAsync(HttpContext context, string address)
    {
        RefuseAfter(context, _lockOut.Of(address), AccessProblems.LockedOut);
        RefuseAfter(context, _addresses.Take(address), AccessProblems.TooManyRequests);
        var token = await HolderAsync(context, address);
        RefuseAfter(context, _holders.Take(token.Id), AccessProblems.TooManyRequests);
        return new Caller(Principal.Of(token), token);
    }

    private async Task<AccessToken> HolderAsync(HttpContext context, string address)
    {
        try
        {
            return await _check.HolderOfAsync(TokenIn(context.Request), context.RequestAborted);
        }
        catch (NuaException refusal) when (refusal.Problem.Kind is ProblemKind.Unauthenticated)
        {
            // Who has the secret of an expired token does not guess; nor does who has none.
            if (refusal.Problem == AccessProblems.BadToken)
            {
                _lockOut.Strike(address);
            }

            context.Response.Headers.WWWAuthenticate =
                refusal.Problem == AccessProblems.NoToken ? Challenge : $"{Challenge}, error=\"invalid_token\"";
            throw;
        }
    }

    /// <summary>One header with one token; nothing else is a token, and least of all one in an address.</summary>
    private static string TokenIn(HttpRequest request) => request.Headers.Authorization switch
    {
        [] => throw new NuaException(AccessProblems.NoToken),
        [{ } one] when AuthenticationHeaderValue.TryParse(one, out var header)
            && header.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
            && header.Parameter is { } text => text,
        _ => throw new NuaException(AccessProblems.BadToken),
    };

    private static void RefuseAfter(HttpContext context, TimeSpan? wait, Func<TimeSpan, Problem> problem)
    {
        if (wait is { } time)
        {
            context.Response.Headers.RetryAfter = $"{AccessProblems.Seconds(time)}";
            throw new NuaException(problem(time));
        }
    }
}
