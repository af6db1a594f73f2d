using Nua.Api;
using Nua.Engine.Access;
using Nua.Server.Doors;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>Who may ask, and what was asked.</summary>
internal static class AccessEndpoints
{
    private const int UsualLimit = 50;
    private const int HighestLimit = 1000;

    /// <summary>Adds the routes of tokens and of the audit trail.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        var tokens = new TokenDesk(plane);

        api.MapGet("/v1/whoami", (HttpContext context) => TypedResults.Ok(tokens.Describe(Caller.Of(context))))
            .WithSummary("Who asks, and what they may do");

        api.MapGet("/v1/tokens", (CancellationToken stop) => tokens.ListAsync(stop))
            .WithSummary("The tokens there are, without what makes them worth something");

        api.MapPost(
                "/v1/tokens",
                async (TokenBody body, HttpContext context, CancellationToken stop) =>
                {
                    var made = await tokens.CreateAsync(body, Caller.Of(context).Principal.Who, stop);
                    AuditNotes.Of(context).About = $"token {made.Token.Name}";
                    context.Response.Headers.CacheControl = "no-store";
                    return made;
                })
            .WithSummary("Make a token; it is shown this one time");

        api.MapDelete(
                "/v1/tokens/{token}",
                async (string token, HttpContext context, CancellationToken stop) =>
                {
                    var revoked = await tokens.RevokeAsync(token, stop);
                    AuditNotes.Of(context).About = $"token {revoked.Name}";
                    return revoked;
                })
            .WithSummary("Revoke a token, by its name or its id, at once");

        MapAudit(api, plane);
    }

    private static void MapAudit(IEndpointRouteBuilder api, ControlPlane plane)
    {
        api.MapGet(
                "/v1/audit",
                async (DateTimeOffset? since, string? instance, int? limit, CancellationToken stop) =>
                {
                    await plane.Refusals.FlushAsync(stop);
                    var query = new AuditQuery(Math.Clamp(limit ?? UsualLimit, 1, HighestLimit), since, instance);
                    return AuditViews.Of(await plane.Audit.ListAsync(query, stop));
                })
            .WithSummary("What was asked and what was refused, the newest first");

        api.MapGet("/v1/audit/check", async (CancellationToken stop) => AuditViews.Of(await plane.Audit.VerifyAsync(stop)))
            .WithSummary("Follow the audit trail from its start: whether every record follows from the one before");
    }
}
