using Nua.Engine.Images;

namespace Nua.Drivers.Images.Distro;

/// <summary>Makes of a base of the distribution what a recipe asks for, wherever that base is from.</summary>
/// <param name="builder">Builds.</param>
/// <param name="settings">Where the agent and npm's registry are, and whom downloads may trust.</param>
internal sealed class RecipeBuilder(IImageBuilder builder, DistroSettings settings)
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private IReadOnlyList<string> Arguments => settings.NpmRegistry is null ? [] : [NodeRecipe.RegistryArgument];

    /// <summary>Whether packages, or nothing but a base, are all it takes.</summary>
    public bool CanBuild(ImageRecipe recipe) =>
        IsStatic(recipe)
        || (recipe.Packages.Count > 0
            && (recipe.DotNetSdk is null || SdkOf(recipe) is not null)
            && (settings.NpmRegistry is not null || !recipe.SetUp.Any(command => command.Contains($"${NodeRecipe.RegistryArgument}"))));

    /// <param name="recipe">What is wanted.</param>
    /// <param name="from">What tells its base from any other.</param>
    public RecipeIdentity IdentityOf(ImageRecipe recipe, string from) =>
        RecipeIdentity.Of(recipe, from, DockerfileOf(recipe, ""), recipe.UnderAgent ? FileStamp.Of(settings.Agent) : "");

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
        return await builder.BuildAsync(
            new ImageBuild
            {
                Context = context.Folder,
                Dockerfile = DockerfileOf(recipe, from.Reference),
                Tag = identity.Reference,
                Labels = new Dictionary<string, string> { [ImageLabels.Recipe] = identity.Label },
                Arguments = Arguments.ToDictionary(argument => argument, _ => settings.NpmRegistry!.TrimEnd('/')),
                SecretFiles = Authorities(),
                NoCache = noCache,
            },
            log,
            cancellation);
    }

    private static bool IsStatic(ImageRecipe recipe) => recipe.Name == Recipes.StaticName;

    private static HostDotNet? SdkOf(ImageRecipe recipe) => recipe.DotNetSdk is { } release ? HostDotNet.Find(release) : null;

    private string DockerfileOf(ImageRecipe recipe, string from) =>
        IsStatic(recipe) ? RecipeDockerfile.OnNothing(from) : RecipeDockerfile.OnBase(recipe, from, Arguments, SdkOf(recipe));

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

    private Dictionary<string, string> Authorities() =>
        File.Exists(settings.Authorities) ? new() { [RecipeDockerfile.AuthoritiesSecret] = settings.Authorities } : [];
}
