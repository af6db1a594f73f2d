using Nua.Engine.Access;

namespace Nua.Server.Doors;

/// <summary>THE table: what each route of the API needs. A route that does not stand here is answered as if there were none.</summary>
internal static class RouteRules
{
    /// <summary>One line for each route.</summary>
    public static IReadOnlyList<RouteRule> All { get; } =
    [
        new("GET", "/openapi/{documentName}.json", Scope.Read, Reach.Nothing),
        new("GET", "/v1/whoami", Scope.Read, Reach.Nothing),

        new("GET", "/v1/status", Scope.Read, Reach.Server),
        new("GET", "/v1/health", Scope.Read, Reach.Nothing),
        new("POST", "/v1/cleanup", Scope.Admin, Reach.Server),
        new("POST", "/v1/shutdown", Scope.Admin, Reach.Server),

        new("GET", "/v1/instances", Scope.Read, Reach.Own),
        new("GET", "/v1/instances/{name}", Scope.Read, Reach.Instance),
        new("GET", "/v1/instances/{name}/deployments", Scope.Read, Reach.Instance),
        new("GET", "/v1/instances/{name}/env", Scope.Read, Reach.Instance),
        new("GET", "/v1/instances/{name}/logs", Scope.Read, Reach.Instance),
        new("GET", "/v1/instances/{name}/metrics", Scope.Read, Reach.Instance),
        new("POST", "/v1/instances/{name}/start", Scope.Operate, Reach.Instance),
        new("POST", "/v1/instances/{name}/stop", Scope.Operate, Reach.Instance),
        new("POST", "/v1/instances/{name}/restart", Scope.Operate, Reach.Instance),
        new("POST", "/v1/instances/{name}/pause", Scope.Operate, Reach.Instance),
        new("POST", "/v1/instances/{name}/unpause", Scope.Operate, Reach.Instance),
        new("POST", "/v1/instances/{name}/clone", Scope.Operate, Reach.Instance),
        new("PATCH", "/v1/instances/{name}/env", Scope.Operate, Reach.Instance),
        new("POST", "/v1/instances/{name}/env/plan", Scope.Operate, Reach.Instance) { Changes = false },
        new("GET", "/v1/instances/{name}/secrets", Scope.Read, Reach.Instance),
        new("POST", "/v1/instances/{name}/secrets/rotate", Scope.Operate, Reach.Instance),
        new("POST", "/v1/instances/{name}/secrets/rotate/plan", Scope.Operate, Reach.Instance) { Changes = false },
        new("POST", "/v1/instances/{name}/exec", Scope.Operate, Reach.Instance),
        new("POST", "/v1/instances/{name}/run", Scope.Operate, Reach.Instance),
        new("GET", "/v1/sessions/{id}", Scope.Operate, Reach.Session) { Changes = true },
        new("GET", "/v1/instances/{name}/cron", Scope.Read, Reach.Instance),
        new("POST", "/v1/instances/{name}/cron/{job}/run", Scope.Operate, Reach.Instance),
        new("DELETE", "/v1/instances/{name}", Scope.Admin, Reach.Instance),

        new("PUT", "/v1/uploads", Scope.Deploy, Reach.Nothing),
        new("POST", "/v1/builds", Scope.Deploy, Reach.Own),
        new("POST", "/v1/builds/plan", Scope.Deploy, Reach.Nothing) { Changes = false },
        new("POST", "/v1/deployments", Scope.Deploy, Reach.Own),
        new("POST", "/v1/plans", Scope.Deploy, Reach.Own) { Changes = false },

        new("GET", "/v1/images", Scope.Read, Reach.Server),
        new("GET", "/v1/images/{image}", Scope.Read, Reach.Server),
        new("GET", "/v1/images/{image}/sbom", Scope.Read, Reach.Server),
        new("GET", "/v1/images/{image}/archive", Scope.Read, Reach.Server),
        new("POST", "/v1/images/load", Scope.Deploy, Reach.Server),
        new("POST", "/v1/images/prune", Scope.Admin, Reach.Server),

        new("GET", "/v1/operations", Scope.Read, Reach.Own),
        new("GET", "/v1/operations/{id}", Scope.Read, Reach.Operation),
        new("GET", "/v1/operations/{id}/events", Scope.Read, Reach.Operation),
        new("POST", "/v1/operations/{id}/resume", Scope.Operate, Reach.Operation),
        new("POST", "/v1/operations/{id}/cancel", Scope.Operate, Reach.Operation),

        new("GET", "/v1/certificates", Scope.Read, Reach.Server),
        new("POST", "/v1/certificates/check", Scope.Operate, Reach.Server),
        new("POST", "/v1/certificates/{name}/renew", Scope.Operate, Reach.Server),
        new("POST", "/v1/certificates/{name}/revoke", Scope.Admin, Reach.Server),
        new("PUT", "/v1/certificates/imported", Scope.Admin, Reach.Server),
        new("DELETE", "/v1/certificates/imported/{name}", Scope.Admin, Reach.Server),
        new("POST", "/v1/certificates/rollover", Scope.Admin, Reach.Server),

        new("GET", "/v1/tokens", Scope.Admin, Reach.Server),
        new("POST", "/v1/tokens", Scope.Admin, Reach.Server),
        new("DELETE", "/v1/tokens/{token}", Scope.Admin, Reach.Server),
        new("GET", "/v1/audit", Scope.Admin, Reach.Server),
        new("GET", "/v1/audit/check", Scope.Admin, Reach.Server),
    ];

    /// <summary>The line of the route that was found for a request; <see langword="null"/>: there is none.</summary>
    public static RouteRule? Of(Endpoint? endpoint) => endpoint is RouteEndpoint route
        ? All.FirstOrDefault(rule => rule.Pattern == route.RoutePattern.RawText && MethodsOf(route).Contains(rule.Method))
        : null;

    // A route that takes any method is none of ours.
    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
}
