using System.Globalization;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;

namespace Nua.Drivers.Images;

/// <summary>
/// Makes the operator's folder of packages an image, from which steps of builds are lent it: of a machine's folders, an engine
/// lends none. Its content is known by the files' names, sizes and times.
/// </summary>
/// <param name="images">The engine's images.</param>
/// <param name="builder">Builds.</param>
public sealed class PackageFolder(DockerImageStore images, IImageBuilder builder) : IImageSource
{
    public string Name => "folder";

    public bool CanSupply(ImageRecipe recipe) => recipe.Folder is not null;

    public async Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation) =>
        CanSupply(recipe) ? await images.FindAsync(IdentityOf(recipe), cancellation) : null;

    public async Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        var identity = IdentityOf(recipe);
        return await images.FindAsync(identity, cancellation) ?? await builder.BuildAsync(
            new ImageBuild
            {
                Context = recipe.Folder!,
                // npm writes to its cache, and steps are the user's.
                Dockerfile = "FROM scratch\nCOPY --chown=1000:1000 . /\n",
                Tag = identity.Reference,
                Labels = new Dictionary<string, string> { [ImageLabels.Recipe] = identity.Label },
            },
            log,
            cancellation);
    }

    public Task<Image> RefreshAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation) =>
        SupplyAsync(recipe, log, cancellation);

    // One name for all its contents: what the newest took it from has none, and is cleaned away.
    private static RecipeIdentity IdentityOf(ImageRecipe recipe) =>
        RecipeIdentity.Of(recipe, [.. Listing(recipe.Folder!)]) with { Reference = $"nua/{recipe.Name}:{recipe.Version}" };

    private static IEnumerable<string> Listing(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => string.Create(
                CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}"))
            .Order(StringComparer.Ordinal);
}
