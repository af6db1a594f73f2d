using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Images.Archives;

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

    /// <summary>Takes the images of an archive.</summary>
    /// <param name="archive">A tar file, not compressed.</param>
    /// <param name="replace">Whether a newer image here may lose its name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NuaException">As <see cref="ImageLoading"/> says.</exception>
    public async Task<ImageList> LoadAsync(Stream archive, bool replace, CancellationToken cancellation)
    {
        var names = await new ImageLoading(seams.ImageStore).LoadAsync(archive, replace, cancellation);
        var all = await ListAsync(cancellation);
        return new ImageList([.. all.Images.Where(image => names.Contains(image.Reference))]);
    }

    /// <summary>An archive of an image and of its sub-applications' images, with their names as far as they have them.</summary>
    /// <exception cref="NuaException"><c>deploy.no-image</c></exception>
    public async Task<Stream> SaveAsync(string name, CancellationToken cancellation)
    {
        var image = await ImageAsync(name, cancellation);
        var references = new List<string> { image.Reference };
        foreach (var part in SubApplicationImages.Of(image).Values)
        {
            var (reference, id) = SubApplicationImages.Split(part);
            var named = await seams.ImageStore.FindAsync(reference, cancellation);
            references.Add(named?.Id == id ? reference : id);
        }

        return await seams.ImageStore.SaveAsync(references, cancellation);
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

    private async Task<Image> ImageAsync(string name, CancellationToken cancellation) =>
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
