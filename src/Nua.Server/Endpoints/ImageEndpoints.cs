using Nua.Api;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>Images: what there is, what they are made of, and their end.</summary>
internal static class ImageEndpoints
{
    private const string CycloneDx = "application/vnd.cyclonedx+json";

    /// <summary>Adds the routes of images.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        var desk = new ImageDesk(plane.Seams);

        api.MapGet("/v1/images", (CancellationToken stop) => desk.ListAsync(stop))
            .WithSummary("The images built from packages, newest first");

        api.MapGet("/v1/images/{image}", (string image, CancellationToken stop) => desk.FindAsync(NameIn(image), stop))
            .WithSummary("An image with its layers, its configuration and who uses it");

        api.MapGet(
                "/v1/images/{image}/sbom",
                async (string image, CancellationToken stop) => TypedResults.Bytes(await desk.SbomAsync(NameIn(image), stop), CycloneDx))
            .Produces<Stream>(StatusCodes.Status200OK, CycloneDx)
            .WithSummary("What an image consists of, as CycloneDX 1.6");

        api.MapPost("/v1/images/prune", (PruneBody body, CancellationToken stop) => desk.PruneAsync(body, stop))
            .WithSummary("Remove the images of Nua's that nobody wants any more");
    }

    // A slash in a name travels encoded, and routes leave that alone.
    private static string NameIn(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
