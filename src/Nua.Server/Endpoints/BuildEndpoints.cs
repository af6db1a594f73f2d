using Nua.Api;
using Nua.Server.Uploads;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>From a package's folder to an image, and from an image to an instance.</summary>
internal static class BuildEndpoints
{
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        var images = new ImageDesk(plane.Seams.ImageStore);

        api.MapPut("/v1/uploads", (HttpRequest request, CancellationToken stop) => plane.Uploads.ReceiveAsync(request.Body, stop))
            .WithMetadata(new UploadLimit(plane.Uploads.MostBytes))
            .Accepts<Stream>("application/x-tar")
            .WithSummary("Send a package's folder as a tar stream");

        api.MapGet("/v1/images", (CancellationToken stop) => images.ListAsync(stop))
            .WithSummary("The images built from packages, newest first");

        api.MapPost(
                "/v1/deployments",
                (DeployBody body, HttpContext context, CancellationToken stop) =>
                    plane.AskAsync(plane.Deploy, DeployBodies.RequestOf(body), context, stop))
            .WithSummary("Run an image as an instance, tested before it goes live");
    }
}
