using Nua.Api;
using Nua.Server.Doors;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>Operations: what is being done and what was.</summary>
internal static class OperationEndpoints
{
    private const int UsualLimit = 20;
    private const int HighestLimit = 1000;

    /// <summary>Adds the routes of operations.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane, CancellationToken ending)
    {
        var desk = new OperationDesk(plane.Runner, plane.Log);

        api.MapGet(
                "/v1/operations",
                (string? subject, int? limit, HttpContext context, CancellationToken stop) =>
                    desk.ListAsync(Caller.Of(context).Principal, subject, Math.Clamp(limit ?? UsualLimit, 1, HighestLimit), stop))
            .WithSummary("The newest operations");

        api.MapGet("/v1/operations/{id}", (string id, CancellationToken stop) => desk.FindAsync(id, stop))
            .WithSummary("An operation with its steps");

        api.MapGet(
                "/v1/operations/{id}/events",
                async (string id, CancellationToken stop) => new Lines<OperationEventView>(
                    await desk.WatchAsync(id, stop), ApiJson.Default.OperationEventView, ending))
            .Produces<OperationEventView>(contentType: Lines<OperationEventView>.MediaType)
            .WithSummary("What happened in an operation and what happens, one JSON document a line, until its end");

        api.MapPost("/v1/operations/{id}/cancel", (string id, CancellationToken stop) => desk.CancelAsync(id, stop))
            .WithSummary("Ask an operation to stop; what it did is undone");
    }
}
