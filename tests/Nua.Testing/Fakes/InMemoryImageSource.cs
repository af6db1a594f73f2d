using Nua.Core.Problems;
using Nua.Engine.Images;

namespace Nua.Testing.Fakes;

/// <summary>A source that supplies what it is told to, or fails as it is told to.</summary>
public sealed class InMemoryImageSource(string name) : IImageSource
{
    public string Name => name;

    public bool Can { get; set; } = true;

    /// <summary>Whether the engine has its images already.</summary>
    public bool Has { get; set; }

    public Problem? Failure { get; set; }

    /// <summary>What it was asked to make.</summary>
    public IList<ImageRecipe> Supplied { get; } = [];

    public bool CanSupply(ImageRecipe recipe) => Can;

    public Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation) =>
        Task.FromResult(Has ? ImageOf(recipe) : null);

    public Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        Supplied.Add(recipe);
        return Failure is { } problem ? throw new NuaException(problem) : Task.FromResult(ImageOf(recipe));
    }

    public Task<Image> RefreshAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation) =>
        SupplyAsync(recipe, log, cancellation);

    private Image ImageOf(ImageRecipe recipe)
    {
        var reference = $"{name}/{recipe.Name}:{recipe.Version}";
        return new Image(reference, $"sha256:{reference}", 1, DateTimeOffset.UnixEpoch, new Dictionary<string, string>());
    }
}
