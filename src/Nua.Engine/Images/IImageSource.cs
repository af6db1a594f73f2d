namespace Nua.Engine.Images;

/// <summary>One way to get an image that is not built from a package: the distribution's packages, a registry.</summary>
/// <remarks>Fails with a <see cref="Core.Problems.NuaException"/> whose code starts with <c>image.</c>.</remarks>
public interface IImageSource
{
    /// <summary>The name an operator writes in the settings: <c>distro</c>, <c>registry</c>.</summary>
    string Name { get; }

    /// <summary>Whether it can supply the recipe at all; cheap, and without asking the network.</summary>
    bool CanSupply(ImageRecipe recipe);

    /// <summary>The image, when the engine has it already as this source would supply it.</summary>
    Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation);

    /// <summary>Has the image on the engine; quick when it is there already.</summary>
    Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation);

    /// <summary>Makes or fetches the image from the newest there is, although it may be there already.</summary>
    Task<Image> RefreshAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation);
}
