namespace Nua.Engine.Images;

/// <summary>The images that go.</summary>
public sealed record PrunePlan(IReadOnlyList<PrunedImage> Images)
{
    /// <summary>
    /// Decides. Of what is supplied, only what lost its name goes, or has a successor; an image to which somebody gave a further
    /// name stays.
    /// </summary>
    /// <param name="all">The images of ours, newest first.</param>
    /// <param name="wanted">The ids of those that run, or may run again.</param>
    /// <param name="keep">How many builds of each app stay.</param>
    internal static PrunePlan For(IReadOnlyList<ImageDetail> all, IReadOnlySet<string> wanted, int keep)
    {
        var newest = all
            .Where(one => IsOfApp(one) && !IsUnnamed(one))
            .GroupBy(one => one.Image.Labels[ImageLabels.App])
            .SelectMany(app => app.OrderByDescending(one => one.Image.CreatedAt).Take(keep))
            .Select(one => one.Image.Id)
            .ToHashSet(StringComparer.Ordinal);
        var superseded = SupersededImages.Among(all.Select(one => one.Image)).ToHashSet();
        var going = all
            .Where(one => !wanted.Contains(one.Image.Id) && !newest.Contains(one.Image.Id))
            .Where(one => IsUnnamed(one) || ((IsOfApp(one) || superseded.Contains(one.Image)) && one.Names.Count == 1))
            .ToList();

        // Layers that an image which stays has too are not freed; of those that several share, the last frees them.
        var left = all.Except(going).SelectMany(one => one.Layers).Select(layer => layer.Id).ToHashSet(StringComparer.Ordinal);
        return new PrunePlan([.. going.Select(one => new PrunedImage(one.Image, one.Layers.Where(layer => left.Add(layer.Id)).Sum(layer => layer.SizeBytes)))]);
    }

    private static bool IsOfApp(ImageDetail one) => one.Image.Labels.ContainsKey(ImageLabels.App);

    private static bool IsUnnamed(ImageDetail one) => one.Names.Count == 0;
}

/// <summary>One image that goes.</summary>
/// <param name="Image">Which.</param>
/// <param name="FreedBytes">What no image that stays has in common with it.</param>
public sealed record PrunedImage(Image Image, long FreedBytes);
