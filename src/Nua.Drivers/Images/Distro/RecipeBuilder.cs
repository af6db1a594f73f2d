using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;

namespace Nua.Drivers.Images.Distro;

/// <summary>Makes of a base of the distribution what a recipe asks for, wherever that base is from.</summary>
/// <param name="images">The engine's images.</param>
/// <param name="builder">Builds.</param>
/// <param name="settings">Where the agent is, and where packages come from.</param>
internal sealed class RecipeBuilder(DockerImageStore images, IImageBuilder builder, DistroSettings settings)
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly PackageFolder _folder = new(images, builder);

    /// <summary>Whether packages, or nothing but a base, are all it takes.</summary>
    public static bool CanBuild(ImageRecipe recipe) =>
        IsStatic(recipe) || (recipe.Packages.Count > 0 && (recipe.DotNetSdk is null || SdkOf(recipe) is not null));

    /// <summary>The same whichever mirror its packages come from.</summary>
    /// <param name="recipe">What is wanted.</param>
    /// <param name="from">What tells its base from any other.</param>
    public RecipeIdentity IdentityOf(ImageRecipe recipe, string from) => RecipeIdentity.Of(
        recipe, from, DockerfileOf(recipe, "", PackageSources.Usual, NpmOrigin.Registry), recipe.UnderAgent ? FileStamp.Of(settings.Agent) : "");

    /// <param name="recipe">What is wanted.</param>
    /// <param name="identity">What it will be called.</param>
    /// <param name="from">The base.</param>
    /// <param name="noCache">Whether nothing of earlier builds may be used.</param>
    /// <param name="log">Hears every line.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Image> BuildAsync(
        ImageRecipe recipe, RecipeIdentity identity, Image from, bool noCache, IProgress<string> log, CancellationToken cancellation)
    {
        using var context = LayContext(recipe);
        using var registry = await NpmRegistryFile.OfAsync(recipe, settings, cancellation);
        return await builder.BuildAsync(
            new ImageBuild
            {
                Context = context.Folder,
                Dockerfile = DockerfileOf(recipe, from.Reference, settings.Packages, registry.Origin),
                Tag = identity.Reference,
                Labels = new Dictionary<string, string> { [ImageLabels.Recipe] = identity.Label },
                Arguments = await FolderArgumentAsync(log, cancellation),
                SecretFiles = registry.AddTo(settings.Packages.SecretFiles),
                Hidden = settings.Packages.Hidden,
                NoCache = noCache,
                TimeLimit = settings.TimeLimit,
            },
            log,
            cancellation);
    }

    private async Task<IReadOnlyDictionary<string, string>> FolderArgumentAsync(IProgress<string> log, CancellationToken cancellation) =>
        settings.Packages.Folder is { } folder
            ? new Dictionary<string, string>
            {
                [PackageSources.FolderArgument] = (await _folder.SupplyAsync(folder, log, cancellation)).Reference,
            }
            : [];

    private static bool IsStatic(ImageRecipe recipe) => recipe.Name == Recipes.StaticName;

    private static HostDotNet? SdkOf(ImageRecipe recipe) => recipe.DotNetSdk is { } release ? HostDotNet.Find(release) : null;

    private static string DockerfileOf(ImageRecipe recipe, string from, PackageSources packages, NpmOrigin npm) =>
        IsStatic(recipe) ? RecipeDockerfile.OnNothing(from, packages) : RecipeDockerfile.OnBase(recipe, from, packages, npm, SdkOf(recipe));

    private BuildContext LayContext(ImageRecipe recipe)
    {
        var context = new BuildContext(settings.Scratch);
        context.AddFiles(recipe.Files);
        if (IsStatic(recipe))
        {
            context.AddFolder("/tmp", Everybody | UnixFileMode.StickyBit);
        }

        SdkOf(recipe)?.CopyTo(Path.Combine(context.Folder, RecipeDockerfile.DotNet));
        if (recipe.UnderAgent)
        {
            context.AddAgent(settings.Agent);
        }

        return context;
    }
}
