using Nua.Core.Problems;

namespace Nua.Engine.Images;

/// <summary>
/// Gets images that are not built from a package. What some source has supplied before is taken; else each source tries in
/// the operator's order.
/// </summary>
public sealed class ImageSupply(params IReadOnlyList<IImageSource> sources)
{
    /// <summary>Has the image on the engine; quick when it is there already.</summary>
    /// <exception cref="NuaException"><c>image.no-source</c>, with what each source said as details.</exception>
    public async Task<Image> EnsureAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation) =>
        await FindAsync(recipe, cancellation) ?? await SupplyAsync(recipe, log, cancellation);

    private async Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation)
    {
        foreach (var source in sources)
        {
            if (await source.FindAsync(recipe, cancellation) is { } image)
            {
                return image;
            }
        }

        return null;
    }

    private async Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        var answers = new List<string>();
        foreach (var source in sources)
        {
            if (!source.CanSupply(recipe))
            {
                answers.Add($"{source.Name}: does not have it");
                continue;
            }

            try
            {
                return await source.SupplyAsync(recipe, log, cancellation);
            }
            catch (NuaException failure) when (failure.Problem.Code.StartsWith("image.", StringComparison.Ordinal))
            {
                answers.Add($"{source.Name}: {failure.Problem.Message}");
                answers.AddRange(failure.Problem.Details.Select(line => $"  {line}"));
                log.Report(answers[^1]);
            }
        }

        throw new NuaException(ImageProblems.NoSource(recipe, answers));
    }
}
