using Nua.Api;
using Nua.Core.Names;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Server.Doors;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>Instances: what they are, what they write, and their lives.</summary>
internal static class InstanceEndpoints
{
    /// <summary>Adds the routes of instances.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane, CancellationToken ending)
    {
        var desk = new InstanceDesk(plane.Seams, plane.Log);
        var logs = new LogDesk(plane.Seams.Runtime, plane.Seams.Clock);

        api.MapGet("/v1/instances", (HttpContext context, CancellationToken stop) => desk.ListAsync(Caller.Of(context).Principal, stop))
            .WithSummary("All instances");

        api.MapGet(
                "/v1/instances/{name}",
                async (string name, CancellationToken stop) =>
                    await desk.FindAsync(name, stop) with { Cron = await CronEndpoints.JobsAsync(plane, name, stop) })
            .WithSummary("An instance with its parts");

        api.MapGet("/v1/instances/{name}/deployments", (string name, CancellationToken stop) => desk.HistoryAsync(name, stop))
            .WithSummary("An instance's history, newest first");

        api.MapGet("/v1/instances/{name}/env", (string name, CancellationToken stop) => desk.EnvironmentAsync(name, stop))
            .WithSummary("The environment of an instance's workloads, without secrets");

        api.MapGet(
                "/v1/instances/{name}/logs",
                async (string name, string? workload, int? tail, bool? follow, DateTimeOffset? since, CancellationToken stop) =>
                {
                    var workloads = await desk.WorkloadsAsync(name, workload, stop);
                    var lines = logs.ReadAsync(workloads, new LogRequest(tail, follow ?? false, since), stop);
                    return new Lines<LogLineView>(lines, ApiJson.Default.LogLineView, ending);
                })
            .Produces<LogLineView>(contentType: Lines<LogLineView>.MediaType)
            .WithSummary("What an instance's workloads wrote, one JSON document a line");

        MapChanges(api, plane);
        api.MapDelete(
                "/v1/instances/{name}",
                (string name, bool? withData, bool? acceptDataLoss, HttpContext context, CancellationToken stop) => plane.AskAsync(
                    plane.Instances.Destroy,
                    new DestroyRequest(InstanceName.Parse(name), withData ?? false, acceptDataLoss ?? false),
                    context,
                    stop))
            .WithSummary("Remove an instance; its data stays unless asked for");
    }

    private static void MapChanges(IEndpointRouteBuilder api, ControlPlane plane)
    {
        MapChange(api, plane, "start", plane.Instances.Start, "Start an instance");
        MapChange(api, plane, "stop", plane.Instances.Stop, "Stop an instance");
        MapChange(api, plane, "restart", plane.Instances.Restart, "Stop an instance and start it again");
        MapChange(api, plane, "pause", plane.Instances.Pause, "Hold an instance still; visitors are asked to come again");
        MapChange(api, plane, "unpause", plane.Instances.Unpause, "Let a paused instance go on");
    }

    private static void MapChange(
        IEndpointRouteBuilder api,
        ControlPlane plane,
        string verb,
        UseCase<InstanceRequest, InstanceResult> change,
        string summary) => api.MapPost(
            $"/v1/instances/{{name}}/{verb}",
            (string name, HttpContext context, CancellationToken stop) =>
                plane.AskAsync(change, new InstanceRequest(InstanceName.Parse(name)), context, stop))
        .WithSummary(summary);
}
