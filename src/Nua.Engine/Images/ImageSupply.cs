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
        await FindAsync(recipe, cancellation) ?? await AskAsync(recipe, source => source.SupplyAsync(recipe, log, cancellation), log);

    /// <summary>Has the image anew, with what the distribution has mended since; where no source can, as it is there.</summary>
    /// <exception cref="NuaException"><c>image.no-source</c>, with what each source said as details.</exception>
    public async Task<Image> RefreshAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(recipe, source => source.RefreshAsync(recipe, log, cancellation), log);
        }
        catch (NuaException silence) when (silence.Problem.Code == ImageProblems.NoSourceCode)
        {
            if (await FindAsync(recipe, cancellation) is not { } old)
            {
                throw;
            }

            log.Report($"{old.Reference} is not made anew: no source could.");
            return old;
        }
    }

    /// <summary>The image, when the engine has it; nothing is fetched or made.</summary>
    public async Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation)
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

    private async Task<Image> AskAsync(ImageRecipe recipe, Func<IImageSource, Task<Image>> ask, IProgress<string> log)
    {
        var answers = new List<string>();
        Problem? lacking = null;
        foreach (var source in sources)
        {
            if (!source.CanSupply(recipe))
            {
                answers.Add($"{source.Name}: does not have it");
                continue;
            }

            try
            {
                return await ask(source);
            }
            catch (NuaException failure) when (failure.Problem.Code.StartsWith("image.", StringComparison.Ordinal))
            {
                lacking ??= failure.Problem.Kind == ProblemKind.NotFound ? failure.Problem : null;
                answers.Add($"{source.Name}: {failure.Problem.Message}");
                answers.AddRange(failure.Problem.Details.Select(line => $"  {line}"));
                log.Report(answers[^1]);
            }
        }

        throw new NuaException(ImageProblems.NoSource(recipe, answers, lacking));
    }
}
