using Nua.Engine.Images;

namespace Nua.Engine.Build;

/// <summary>How a package would be built, and what came of it if it was built of exactly the same before.</summary>
/// <param name="Plan">How.</param>
/// <param name="Image">The image that the build would find made; <see langword="null"/>: it would build.</param>
public sealed record ForeseenBuild(BuildPlan Plan, Image? Image);

/// <summary>Says whether a build would find its image made, without making anything.</summary>
/// <param name="planning">Reads packages and plans.</param>
/// <param name="supply">Knows which of the images it stands on are there.</param>
/// <param name="store">Knows what was built.</param>
/// <param name="settings">What the operator decides.</param>
public sealed class ForeseeBuild(PlanBuild planning, ImageSupply supply, IImageStore store, BuildSettings settings)
{
    private readonly EarlierBuilds _earlier = new(store, settings);

    public async Task<ForeseenBuild> RunAsync(BuildRequest request, CancellationToken cancellation)
    {
        var planned = await planning.PlanAsync(request, cancellation);
        var parts = new Dictionary<string, BuiltImage>();
        foreach (var (name, part) in planned.SubApplications)
        {
            if (await FindAsync(part, cancellation) is not { } image)
            {
                return new ForeseenBuild(planned.Plan, Image: null);
            }

            parts[name] = new BuiltImage(part.Plan.Reference, image.Id, part.Plan.Builder, image.SizeBytes, UpToDate: true);
        }

        var whole = parts.Count == 0 ? planned : BuildImage.Bind(planned, parts);
        return new ForeseenBuild(planned.Plan, await FindAsync(whole, cancellation));
    }

    private async Task<Image?> FindAsync(PlannedBuild planned, CancellationToken cancellation)
    {
        var bases = new Dictionary<string, string>();
        foreach (var (argument, recipe) in planned.Plan.Images)
        {
            if (await supply.FindAsync(recipe, cancellation) is not { } image)
            {
                return null;
            }

            bases[argument] = image.Id;
        }

        var identity = await _earlier.IdentityOfAsync(planned, bases, cancellation);
        return await _earlier.FindAsync(planned.Plan.Reference, identity.Hash, cancellation);
    }
}
