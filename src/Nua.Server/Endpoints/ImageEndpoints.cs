using Nua.Api;
using Nua.Server.Uploads;
using Nua.Server.Views;

namespace Nua.Server.Endpoints;

/// <summary>Images: what there is, what they are made of, and their end.</summary>
internal static class ImageEndpoints
{
    private const string Tar = "application/x-tar";

    private const string CycloneDx = "application/vnd.cyclonedx+json";

    /// <summary>Adds the routes of images.</summary>
    public static void Map(IEndpointRouteBuilder api, ControlPlane plane)
    {
        var desk = new ImageDesk(plane.Seams);
        MapTransfer(api, desk, new ArchiveFile(House.ScratchIn(plane.Home)));

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

    private static void MapTransfer(IEndpointRouteBuilder api, ImageDesk desk, ArchiveFile archives)
    {
        api.MapPost(
                "/v1/images/load",
                async (bool? replace, HttpRequest request, CancellationToken stop) =>
                {
                    await using var archive = await archives.ReceiveAsync(request.Body, stop);
                    return await desk.LoadAsync(archive, replace ?? false, stop);
                })
            .WithMetadata(new UploadLimit(ArchiveFile.MostBytes))
            .Accepts<Stream>(Tar)
            .WithSummary("Take the images of an archive: of 'docker save', or an OCI image layout");

        api.MapGet(
                "/v1/images/{image}/archive",
                async (string image, CancellationToken stop) => TypedResults.Stream(await desk.SaveAsync(NameIn(image), stop), Tar))
            .Produces<Stream>(StatusCodes.Status200OK, Tar)
            .WithSummary("An image, and those of its sub-applications, as an archive that engines load");
    }

    // A slash in a name travels encoded, and routes leave that alone.
    private static string NameIn(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
