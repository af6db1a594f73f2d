using Nua.Api;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Engine.Access;
using Nua.Engine.Build;
using Nua.Engine.Deploy;
using Nua.Server.Doors;
using Nua.Server.Uploads;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>From a package's folder to an image, and from an image to an instance.</summary>
internal static class BuildEndpoints
{
    /// <summary>Adds the routes of uploads, builds and deployments.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        api.MapPut("/v1/uploads", (HttpRequest request, CancellationToken stop) => plane.Uploads.ReceiveAsync(request.Body, stop))
            .WithMetadata(new UploadLimit(plane.Uploads.MostBytes))
            .Accepts<Stream>("application/x-tar")
            .WithSummary("Send a package's folder as a tar stream");

        api.MapPost(
                "/v1/builds",
                (BuildBody body, HttpContext context, CancellationToken stop) =>
                    plane.AskAsync(plane.Build, RequestOf(PackageOf(plane, body), body), context, stop))
            .WithSummary("Build an uploaded package into an image");

        api.MapPost(
                "/v1/builds/plan",
                async (BuildBody body, CancellationToken stop) =>
                    BuildPlanViews.Of(await plane.Plan.RunAsync(new BuildRequest(PackageOf(plane, body)), stop)))
            .WithSummary("How an uploaded package would be built");

        api.MapPost(
                "/v1/deployments",
                (DeployBody body, HttpContext context, CancellationToken stop) =>
                {
                    if (body.AcceptDataLoss)
                    {
                        Caller.Of(context).Require(Scope.Admin);
                    }

                    return plane.AskAsync(plane.Instances.Deploy, RequestOf(body, Caller.Of(context)), context, stop);
                })
            .WithSummary("Run an image as an instance, tested before it goes live");

        api.MapPost(
                "/v1/plans",
                async (PlanBody body, HttpContext context, CancellationToken stop) =>
                    DeployPlanViews.Of(await PlanAsync(plane, body, Caller.Of(context), stop)))
            .WithSummary("What a deployment would do");
    }

    /// <summary>A package that has yet to be built is deployed under the name that its image will have.</summary>
    private static async Task<DeployForecast> PlanAsync(ControlPlane plane, PlanBody body, Caller caller, CancellationToken cancellation)
    {
        var build = body.Package is { } package
            ? await plane.Foresee.RunAsync(new BuildRequest(PackageOf(plane, package)), cancellation)
            : null;
        var asked = new DeployBody(
            build?.Plan.Reference ?? body.Image, body.Instance, body.Domain, body.Site, body.Replace, body.AcceptDataLoss, body.Share);
        var request = RequestOf(asked, caller);
        await plane.Belongings.RequireAsync(caller.Principal, request.Instance.ToString(), cancellation);
        return await plane.Instances.PlanDeploy.RunAsync(request, build, cancellation);
    }

    private static DeployRequest RequestOf(DeployBody body, Caller caller) =>
        DeployBodies.RequestOf(body) with { NoNewHostFolders = !caller.Principal.May(Scope.Admin) };

    /// <summary>A package that is not valid is refused before anything is journaled.</summary>
    private static BuildRequest RequestOf(string package, BuildBody body) =>
        new(package, PackageReader.Read(PackageLocator.Find(package)).Metadata.ImageReference, body.NoCache);

    private static string PackageOf(ControlPlane plane, BuildBody body) =>
        body.Config is { } config ? plane.Uploads.Find(body.Upload, config) : plane.Uploads.Find(body.Upload);
}
