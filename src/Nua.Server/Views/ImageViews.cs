using Nua.Api;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Images;

namespace Nua.Server.Views;

/// <summary>Images as they travel.</summary>
internal static class ImageViews
{
    public static ImageView Of(Image image, IEnumerable<ImageUser> users) => new(
        image.Reference,
        image.Labels[ImageLabels.App],
        image.Id,
        image.SizeBytes,
        image.CreatedAt,
        [.. users.Where(user => user.ImageId == image.Id && user.IsCurrent).Select(user => user.Instance.ToString())]);

    /// <param name="detail">The image.</param>
    /// <param name="users">The uses of all images.</param>
    /// <param name="newer">The id of a newer build of the same name.</param>
    public static ImageDetailView Of(ImageDetail detail, IReadOnlyList<ImageUser> users, string? newer)
    {
        var image = detail.Image;
        return new ImageDetailView(
            Of(image, users),
            detail.Names,
            PackageOf(image)?.Metadata.ImageTag,
            image.Labels.GetValueOrDefault(ImageLabels.Builder),
            image.Labels.GetValueOrDefault(ImageLabels.Because),
            image.Labels.GetValueOrDefault(ImageLabels.BaseName),
            image.Labels.ContainsKey(ImageLabels.Agent),
            newer,
            [.. detail.Layers.Select(layer => new LayerView(layer.Instruction, layer.SizeBytes))],
            Of(detail.Config),
            [
                .. users.Where(user => user.ImageId == image.Id)
                    .Select(user => new ImageUserView(user.Instance.ToString(), user.Deployment, user.IsCurrent)),
            ]);
    }

    public static PruneView Of(PrunePlan plan, bool dryRun) => new(
        [
            .. plan.Images.Select(one => new PrunedImageView(
                one.Image.Reference,
                one.Image.Labels.GetValueOrDefault(ImageLabels.App),
                one.Image.Id,
                one.Image.CreatedAt,
                one.FreedBytes)),
        ],
        plan.Images.Sum(one => one.FreedBytes),
        dryRun);

    /// <summary>The package it was built from; <see langword="null"/> when another version of Nua wrote it in a way this one does not read.</summary>
    public static Package? PackageOf(Image image)
    {
        try
        {
            return image.Labels.GetValueOrDefault(ImageLabels.Config) is { } config ? PackageReader.Read("nua-config.json", config) : null;
        }
        catch (NuaException)
        {
            return null;
        }
    }

    private static ImageConfigView Of(ImageConfig config) => new(
        config.User, config.WorkingDirectory, config.EntryPoint, config.Command, config.Environment, config.Ports, config.Volumes);
}
