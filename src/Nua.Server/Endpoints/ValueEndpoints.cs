using Microsoft.AspNetCore.Http.HttpResults;
using Nua.Api;
using Nua.Core;
using Nua.Core.Names;
using Nua.Engine.Deploy.Values;
using Nua.Engine.State;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>The values and secrets of instances. No answer ever holds a secret.</summary>
internal static class ValueEndpoints
{
    /// <summary>Adds the routes of values.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        api.MapPatch(
                "/v1/instances/{name}/env",
                (string name, ValuesBody body, HttpContext context, CancellationToken stop) =>
                    ConfigureAsync(plane, WishOf(name, body), context, stop))
            .WithSummary("Give an instance other values, or take them back; tested before they go live");

        api.MapPost(
                "/v1/instances/{name}/env/plan",
                async (string name, ValuesBody body, CancellationToken stop) =>
                    DeployPlanViews.Of(await plane.PlanConfiguration.RunAsync(WishOf(name, body), stop)))
            .WithSummary("What other values would do");
    }

    /// <summary>Secrets are with the vault before the request is journaled; one that is refused leaves none there.</summary>
    private static async Task<Accepted<OperationView>> ConfigureAsync(
        ControlPlane plane, ValuesWish wish, HttpContext context, CancellationToken cancellation)
    {
        var request = await plane.TakeValues.TakeAsync(wish, cancellation);
        try
        {
            return await plane.AskAsync(plane.Configure, request, context, cancellation);
        }
        catch
        {
            await plane.TakeValues.GiveBackAsync(request);
            throw;
        }
    }

    private static ValuesWish WishOf(string name, ValuesBody body) => new(
        InstanceName.Parse(name),
        [.. (body.Set ?? []).Select(one => new WishedValue(new VariableKey(one.Workload, one.Name), new Secret(one.Value), one.Secret))],
        [.. (body.Unset ?? []).Select(one => new VariableKey(one.Workload, one.Name))]);
}
