using Nua.Core.Problems;
using Nua.Drivers.Images.Distro;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;

namespace Nua.Drivers.Images.Registry;

/// <summary>
/// Pulls images from registries. Of a recipe's own image nothing is assumed: what is made of packages is made here too, on the
/// distribution's image, so that it is the same whichever source it is from. What is to run as a workload gets the agent before
/// its own command.
/// </summary>
/// <param name="images">The engine's images.</param>
/// <param name="builder">Builds on what was pulled.</param>
/// <param name="settings">How images are made from the distribution's packages.</param>
public sealed class RegistrySource(DockerImageStore images, IImageBuilder builder, DistroSettings settings) : IImageSource
{
    private readonly HostDistribution? _host = HostDistribution.Read();
    private readonly RecipeBuilder _recipes = new(images, builder, settings);
    private readonly IReadOnlyList<string> _suites = DistroSuites.From(settings.Suite);

    public string Name => "registry";

    public bool CanSupply(ImageRecipe recipe) =>
        recipe.RegistryReference is not null || IsBase(recipe) || (RecipeBuilder.CanBuild(recipe) && BaseOf(recipe) is not null);

    public async Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation) =>
        !CanSupply(recipe) ? null
        : IsTakenAsItIs(recipe) ? await images.FindAsync(recipe.RegistryReference!, cancellation)
        : await images.FindAsync(IdentityOf(recipe), cancellation);

    public async Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation) =>
        await FindAsync(recipe, cancellation) ?? await MakeAsync(recipe, anew: false, log, cancellation);

    public Task<Image> RefreshAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation) =>
        MakeAsync(recipe, anew: true, log, cancellation);

    private static bool IsBase(ImageRecipe recipe) => recipe.Name == Recipes.BaseName;

    private static bool IsTakenAsItIs(ImageRecipe recipe) => recipe is { RegistryReference: not null, UnderAgent: false };

    private string BaseReferenceOf(ImageRecipe recipe) =>
        RegistryBase.Of(recipe.Version == Recipes.HostSuite ? settings.Suite : recipe.Version, _host?.Id, _host?.Suite);

    /// <summary>What it is built on; <see langword="null"/>: no release has its packages.</summary>
    private ImageRecipe? BaseOf(ImageRecipe recipe) => recipe.Suites.Count == 0
        ? Recipes.Base()
        : DistroSuites.For(recipe, _suites) is { } suite ? Recipes.Base(suite) : null;

    private RecipeIdentity IdentityOf(ImageRecipe recipe)
    {
        if (recipe.RegistryReference is { } reference)
        {
            return RecipeIdentity.Of(
                new ImageRecipe { Name = "pulled", Version = "3", RegistryReference = reference }, FileStamp.Of(settings.Agent));
        }

        return IsBase(recipe)
            ? RecipeIdentity.Of(recipe, BaseReferenceOf(recipe))
            : _recipes.IdentityOf(recipe, BaseReferenceOf(BaseOf(recipe)!));
    }

    private async Task<Image> MakeAsync(ImageRecipe recipe, bool anew, IProgress<string> log, CancellationToken cancellation)
    {
        if (recipe.RegistryReference is { } reference)
        {
            var pulled = await PullAsync(reference, anew, log, cancellation);
            return recipe.UnderAgent ? await WrapAsync(recipe, pulled, log, cancellation) : pulled;
        }

        if (IsBase(recipe))
        {
            return await MakeBaseAsync(recipe, anew, log, cancellation);
        }

        var basis = BaseOf(recipe)!;
        var (from, identity) = (await MakeBaseAsync(basis, anew, log, cancellation), IdentityOf(recipe));
        log.Report($"Building {identity.Reference} on {BaseReferenceOf(basis)}");
        return await _recipes.BuildAsync(recipe, identity, from, noCache: anew, log, cancellation);
    }

    private async Task<Image> PullAsync(string reference, bool anew, IProgress<string> log, CancellationToken cancellation)
    {
        var present = await images.FindAsync(reference, cancellation);
        if (present is not null && !anew)
        {
            return present;
        }

        try
        {
            log.Report($"Pulling {reference}");
            await images.PullAsync(reference, log, cancellation);
        }
        catch (NuaException refusal) when (present is not null && refusal.Problem.Code == ImageProblems.NotPulledCode)
        {
            // It may never have come from a registry.
            log.Report($"{refusal.Problem.Message} The one that is there is taken.");
            return present;
        }

        return await images.FindAsync(reference, cancellation)
            ?? throw new NuaException(ImageProblems.NotPulled(reference, "it is not there afterwards"));
    }

    private async Task<Image> MakeBaseAsync(ImageRecipe recipe, bool anew, IProgress<string> log, CancellationToken cancellation)
    {
        var pulled = await PullAsync(BaseReferenceOf(recipe), anew, log, cancellation);
        return await BuildAsync(RecipeDockerfile.AsBase(pulled.Reference), IdentityOf(recipe), start: null, log, cancellation);
    }

    private async Task<Image> WrapAsync(ImageRecipe recipe, Image pulled, IProgress<string> log, CancellationToken cancellation)
    {
        var start = await images.StartOfAsync(pulled.Reference, cancellation);
        return await BuildAsync(RecipeDockerfile.UnderAgent(pulled.Reference, start), IdentityOf(recipe), start, log, cancellation);
    }

    private async Task<Image> BuildAsync(
        string dockerfile, RecipeIdentity identity, ImageStart? start, IProgress<string> log, CancellationToken cancellation)
    {
        using var context = new BuildContext(settings.Scratch);
        if (start is not null)
        {
            context.AddFiles(RecipeDockerfile.StartFiles(start));
            context.AddAgent(settings.Agent);
        }

        return await builder.BuildAsync(
            new ImageBuild
            {
                Context = context.Folder,
                Dockerfile = dockerfile,
                Tag = identity.Reference,
                Labels = new Dictionary<string, string> { [ImageLabels.Recipe] = identity.Label },
            },
            log,
            cancellation);
    }
}
