using Nua.Api;
using Nua.Core.Names;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>What instances run by the clock.</summary>
internal static class CronEndpoints
{
    /// <summary>Adds the routes of jobs.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        api.MapGet(
                "/v1/instances/{name}/cron",
                async (string name, CancellationToken stop) => new CronList(name, await JobsAsync(plane, name, stop)))
            .WithSummary("What an instance runs by the clock, and how it ended last");

        api.MapPost(
                "/v1/instances/{name}/cron/{job}/run",
                async (string name, string job, HttpContext context, CancellationToken stop) => await plane.AskAsync(
                    plane.RunCron, await plane.Cron.AskAsync(InstanceName.Parse(name), job, stop), context, stop))
            .WithSummary("Run a job now");
    }

    /// <summary>The jobs of an instance.</summary>
    public static async Task<IReadOnlyList<CronView>> JobsAsync(ControlPlane plane, string name, CancellationToken cancellation) =>
        [.. (await plane.Cron.JobsAsync(InstanceName.Parse(name), cancellation)).Select(CronViews.Of)];
}
