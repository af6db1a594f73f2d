using Nua.Api;
using Nua.Server.Schedules;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>The server itself.</summary>
internal static class ServerEndpoints
{
    /// <summary>Adds the routes of the server itself.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane, IHostApplicationLifetime lifetime)
    {
        var status = new StatusDesk(plane);
        var housekeeping = new Housekeeping(plane);

        api.MapGet("/v1/status", (CancellationToken stop) => status.AskAsync(stop))
            .WithSummary("The server and what it stands on");

        api.MapGet("/v1/health", () => TypedResults.Json(
                new HealthView(plane.State.Now),
                ApiJson.Default.HealthView,
                statusCode: plane.State.Now is ServerState.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable))
            .Produces<HealthView>()
            .Produces<HealthView>(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Whether the server takes work");

        api.MapPost("/v1/cleanup", (bool? downloads, CancellationToken stop) => housekeeping.CleanUpAsync(downloads ?? false, stop))
            .WithSummary("Remove what was left behind");

        api.MapPost(
                "/v1/shutdown",
                async (bool? workloads, HttpContext context, CancellationToken stop) =>
                {
                    plane.State.BecomeStopping();
                    context.Response.OnCompleted(() =>
                    {
                        lifetime.StopApplication();
                        return Task.CompletedTask;
                    });
                    return await housekeeping.RestAsync(workloads ?? false, stop);
                })
            .WithSummary("Finish what is under way and end the server; the next one goes on where it stopped");
    }
}
