using Nua.Core.Problems;

namespace Nua.Engine.Images;

/// <summary>Removes images of ours that nobody wants any more.</summary>
public sealed class ImagePruning(IImageStore store)
{
    /// <summary>Decides what would go; changes nothing.</summary>
    /// <param name="wanted">The ids of the images that deployments run, or may run again.</param>
    /// <param name="keep">How many builds of each app stay, the newest, whether or not anything runs them.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<PrunePlan> PlanAsync(IReadOnlySet<string> wanted, int keep, CancellationToken cancellation)
    {
        var built = await store.ListAsync(ImageLabels.App, value: null, cancellation);
        var supplied = await store.ListAsync(ImageLabels.Recipe, value: null, cancellation);
        var inUse = await store.InUseAsync(cancellation);
        var details = new List<ImageDetail>();
        foreach (var image in built.Concat(supplied).DistinctBy(image => image.Id))
        {
            if (await store.InspectAsync(image.Id, cancellation) is { } detail)
            {
                details.Add(detail with { Image = detail.Image with { Reference = image.Reference } });
            }
        }

        return PrunePlan.For(details, new HashSet<string>([.. wanted, .. inUse], StringComparer.Ordinal), keep);
    }

    /// <summary>Removes what was planned; answers with what is gone. What was taken into use since stays.</summary>
    public async Task<PrunePlan> RunAsync(PrunePlan plan, CancellationToken cancellation)
    {
        var gone = new List<PrunedImage>();
        foreach (var one in plan.Images)
        {
            try
            {
                await store.RemoveAsync(one.Image.Reference, cancellation);
                gone.Add(one);
            }
            catch (NuaException used) when (used.Problem.Kind is ProblemKind.Conflict)
            {
                // A container, or another image, stands on it now.
            }
        }

        return new PrunePlan(gone);
    }
}
