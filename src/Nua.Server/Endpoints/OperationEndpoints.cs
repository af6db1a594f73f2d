using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Operations;
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
        var desk = new OperationDesk(plane.Runner, plane.Log, plane.UseCases);

        api.MapGet(
                "/v1/operations",
                (string? subject, string? kind, string? state, DateTimeOffset? since, string? before, int? limit, HttpContext context, CancellationToken stop) =>
                    desk.ListAsync(
                        Caller.Of(context).Principal,
                        new OperationFilter(subject, kind, StateOf(state), since, before),
                        Math.Clamp(limit ?? UsualLimit, 1, HighestLimit),
                        stop))
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

        api.MapPost(
                "/v1/operations/{id}/resume",
                async (string id, CancellationToken stop) =>
                    TypedResults.Accepted($"/v1/operations/{id}", await desk.ResumeAsync(id, stop)))
            .WithSummary("Try now again what could not be put back");
    }

    /// <exception cref="NuaException"><c>server.bad-request</c></exception>
    private static OperationState? StateOf(string? text) =>
        text is null ? null
        : Enum.GetValues<OperationState>().Cast<OperationState?>().FirstOrDefault(state => Kebab.Of(state!.Value) == text)
            ?? throw new NuaException(ServerProblems.BadRequest($"no operation is in the state '{text}'"));
}
