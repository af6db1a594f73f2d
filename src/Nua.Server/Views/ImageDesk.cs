using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Images;

namespace Nua.Server.Views;

/// <summary>Answers which images can be deployed, what they are made of and who uses them.</summary>
internal sealed class ImageDesk(EngineSeams seams)
{
    private const string BillOfMaterials = "/nua/metadata/sbom.cdx.json";

    private const long LargestBill = 64 << 20;

    private readonly ImageUse _use = new(seams.Journal);

    /// <summary>The images built from packages, newest first.</summary>
    public async Task<ImageList> ListAsync(CancellationToken cancellation)
    {
        var users = await _use.AllAsync(cancellation);
        var images = await seams.ImageStore.ListAsync(ImageLabels.App, value: null, cancellation);
        return new ImageList([.. images.Select(image => ImageViews.Of(image, users))]);
    }

    /// <summary>All that is known of one.</summary>
    /// <exception cref="NuaException"><c>deploy.no-image</c></exception>
    public async Task<ImageDetailView> FindAsync(string name, CancellationToken cancellation)
    {
        var image = await ImageAsync(name, cancellation);
        var detail = await seams.ImageStore.InspectAsync(image.Id, cancellation) ?? throw new NuaException(DeployProblems.NoImage(name));
        return ImageViews.Of(
            detail with { Image = image }, await _use.AllAsync(cancellation), await NewerAsync(image, cancellation));
    }

    /// <summary>Some of them.</summary>
    /// <exception cref="NuaException"><c>deploy.no-image</c></exception>
    public async Task<ImageList> ListAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        var users = await _use.AllAsync(cancellation);
        var images = new List<ImageView>();
        foreach (var name in names)
        {
            images.Add(ImageViews.Of(await ImageAsync(name, cancellation), users));
        }

        return new ImageList(images);
    }

    /// <summary>Its bill of materials: a CycloneDX document.</summary>
    /// <exception cref="NuaException"><c>deploy.no-image</c>, <c>server.no-sbom</c></exception>
    public async Task<byte[]> SbomAsync(string name, CancellationToken cancellation)
    {
        var image = await ImageAsync(name, cancellation);
        return await seams.ImageStore.ReadFileAsync(image.Id, BillOfMaterials, LargestBill, cancellation)
            ?? throw new NuaException(ServerProblems.NoSbom(image.Reference));
    }

    /// <summary>Removes what nobody wants any more, or says what that would be.</summary>
    public async Task<PruneView> PruneAsync(PruneBody body, CancellationToken cancellation)
    {
        if (body.Keep < 0)
        {
            throw new NuaException(ServerProblems.BadRequest("it keeps fewer than no builds"));
        }

        var pruning = new ImagePruning(seams.ImageStore);
        var plan = await pruning.PlanAsync(await _use.IdsAsync(cancellation), body.Keep, cancellation);
        return ImageViews.Of(body.DryRun ? plan : await pruning.RunAsync(plan, cancellation), body.DryRun);
    }

    /// <summary>An image that was built from a package.</summary>
    /// <exception cref="NuaException"><c>deploy.no-image</c></exception>
    public async Task<Image> ImageAsync(string name, CancellationToken cancellation) =>
        await new AppImages(seams.ImageStore).FindAsync(name, cancellation) is { } image && image.Labels.ContainsKey(ImageLabels.App)
            ? image
            : throw new NuaException(DeployProblems.NoImage(name));

    /// <summary>What has the name now that the image was built for.</summary>
    private async Task<string?> NewerAsync(Image image, CancellationToken cancellation) =>
        ImageViews.PackageOf(image)?.Metadata.ImageReference is { } reference
        && await seams.ImageStore.FindAsync(reference, cancellation) is { } named
        && named.Id != image.Id
        && named.CreatedAt >= image.CreatedAt
            ? named.Id
            : null;
}
