using Nua.Core.Problems;

namespace Nua.Engine.Images;

/// <summary>Gets images that are not built from a package: each source in turn is asked, in the operator's order.</summary>
public sealed class ImageSupply(params IReadOnlyList<IImageSource> sources)
{
    /// <summary>Has the image on the engine; quick when it is there already.</summary>
    public async Task<Image> EnsureAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        var source = sources.FirstOrDefault(source => source.CanSupply(recipe));
        return source is null
            ? throw new NuaException(new Problem(ProblemKind.Invalid, "image.no-source", $"No source supplies '{recipe.Name} {recipe.Version}'.", "See 'docs/images.md'."))
            : await source.SupplyAsync(recipe, log, cancellation);
    }
}
