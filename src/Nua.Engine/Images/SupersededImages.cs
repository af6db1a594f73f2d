namespace Nua.Engine.Images;

/// <summary>Images of a series that a newer one has taken the place of: nothing is built on them any more.</summary>
internal static class SupersededImages
{
    public static IEnumerable<Image> Among(IEnumerable<Image> images) => images
        .Where(image => image.Labels.ContainsKey(ImageLabels.Series) && !image.Labels.ContainsKey(ImageLabels.App))
        .GroupBy(image => image.Labels[ImageLabels.Series])
        .SelectMany(series => series.OrderByDescending(image => image.CreatedAt).Skip(1));
}
