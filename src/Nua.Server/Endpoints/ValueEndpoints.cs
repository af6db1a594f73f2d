using Microsoft.AspNetCore.Http.HttpResults;
using Nua.Api;
using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Problems;
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
                    DeployPlanViews.Of(await plane.Instances.PlanConfiguration.RunAsync(WishOf(name, body), stop)))
            .WithSummary("What other values would do");

        var desk = new SecretDesk(plane.Seams);
        api.MapGet("/v1/instances/{name}/secrets", (string name, CancellationToken stop) => desk.ListAsync(name, stop))
            .WithSummary("The secrets of an instance, without their values");

        api.MapPost(
                "/v1/instances/{name}/secrets/rotate",
                (string name, RotateBody body, HttpContext context, CancellationToken stop) =>
                    plane.AskAsync(plane.Instances.Rotate, RequestOf(name, body), context, stop))
            .WithSummary("Make secrets anew, in the servers that know them too; tested before it goes live");

        api.MapPost(
                "/v1/instances/{name}/secrets/rotate/plan",
                async (string name, RotateBody body, CancellationToken stop) =>
                    DeployPlanViews.Of(await plane.Instances.PlanRotation.RunAsync(RequestOf(name, body), stop)))
            .WithSummary("What that would do");
    }

    /// <summary>Secrets are with the vault before the request is journaled; one that is refused leaves none there.</summary>
    private static async Task<Accepted<OperationView>> ConfigureAsync(
        ControlPlane plane, ValuesWish wish, HttpContext context, CancellationToken cancellation)
    {
        var request = await plane.Instances.TakeValues.TakeAsync(wish, cancellation);
        try
        {
            return await plane.AskAsync(plane.Instances.Configure, request, context, cancellation);
        }
        catch
        {
            await plane.Instances.TakeValues.GiveBackAsync(request);
            throw;
        }
    }

    /// <summary>What holds for everything has to be said.</summary>
    private static RotateRequest RequestOf(string name, RotateBody body) => body.All != (body.Names is { Count: > 0 })
        ? new RotateRequest(InstanceName.Parse(name), body.Names ?? [], body.Workload)
        : throw new NuaException(ServerProblems.BadRequest("it names secrets, or says that all are meant, and not both"));

    private static ValuesWish WishOf(string name, ValuesBody body) => new(
        InstanceName.Parse(name),
        [.. (body.Set ?? []).Select(one => new WishedValue(new VariableKey(one.Workload, one.Name), new Secret(one.Value), one.Secret))],
        [.. (body.Unset ?? []).Select(one => new VariableKey(one.Workload, one.Name))]);
}
