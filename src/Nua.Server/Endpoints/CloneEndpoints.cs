using Nua.Api;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Core.Sites;
using Nua.Engine.Cloning;

namespace Nua.Server.Endpoints;

/// <summary>Copies of instances.</summary>
internal static class CloneEndpoints
{
    /// <summary>Adds the route of clones.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane) => api.MapPost(
            "/v1/instances/{name}/clone",
            (string name, CloneBody body, HttpContext context, CancellationToken stop) =>
                plane.AskAsync(plane.Clone, RequestOf(name, body), context, stop))
        .WithSummary("Make another instance of the same, with a copy of its data");

    private static CloneRequest RequestOf(string name, CloneBody body) =>
        new(InstanceName.Parse(name), InstanceName.Parse(body.As), body.Domain is { } domain ? AddressOf(domain) : null, body.Share);

    private static string AddressOf(string domain) => SiteAddress.TryParse(domain, out var address)
        ? address!.ToString()
        : throw new NuaException(ServerProblems.BadRequest($"'{domain}' is no domain"));
}
