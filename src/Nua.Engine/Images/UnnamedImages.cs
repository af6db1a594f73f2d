using Nua.Core.Problems;

namespace Nua.Engine.Images;

/// <summary>
/// Images of ours that lost their name or their use to a newer one, and that no deployment worth going back to runs: nobody wants
/// them any more.
/// </summary>
public sealed class UnnamedImages(IImageStore store)
{
    /// <summary>Removes them; answers with those that are gone.</summary>
    /// <param name="kept">The ids of the images that deployments run, or may run again.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<Image>> RemoveAsync(IReadOnlySet<string> kept, CancellationToken cancellation)
    {
        var removed = new List<Image>();
        // What an image stood on, and the parts it was built with, can go after it.
        while (await RemoveOnceAsync([.. kept, .. removed.Select(image => image.Id)], cancellation) is { Count: > 0 } gone)
        {
            removed.AddRange(gone);
        }

        return removed;
    }

    private async Task<IReadOnlyList<Image>> RemoveOnceAsync(HashSet<string> kept, CancellationToken cancellation)
    {
        var removed = new List<Image>();
        foreach (var image in await FindAsync(cancellation))
        {
            if (!kept.Contains(image.Id) && await TryRemoveAsync(image, cancellation))
            {
                removed.Add(image);
            }
        }

        return removed;
    }

    private async Task<IEnumerable<Image>> FindAsync(CancellationToken cancellation)
    {
        var built = await store.ListAsync(ImageLabels.App, value: null, cancellation);
        var supplied = await store.ListAsync(ImageLabels.Recipe, value: null, cancellation);
        return built.Concat(supplied)
            .Where(image => image.Reference == image.Id && !built.Any(whole => IsPart(image, whole)))
            .Concat(SupersededImages.Among(supplied))
            .DistinctBy(image => image.Id);
    }

    // A sub-application goes when no image is left that was built with it.
    private static bool IsPart(Image image, Image whole) =>
        whole.Labels.GetValueOrDefault(ImageLabels.SubApplications)?.Contains(image.Id, StringComparison.Ordinal) is true;

    // A container, or another image, may still stand on it.
    private async Task<bool> TryRemoveAsync(Image image, CancellationToken cancellation)
    {
        try
        {
            await store.RemoveAsync(image.Id, cancellation);
            return true;
        }
        catch (NuaException used) when (used.Problem.Kind is ProblemKind.Conflict)
        {
            return false;
        }
    }
}
