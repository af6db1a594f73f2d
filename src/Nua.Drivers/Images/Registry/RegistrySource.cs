using Nua.Core.Problems;
using Nua.Drivers.Images.Distro;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;

namespace Nua.Drivers.Images.Registry;

/// <summary>Pulls images from registries. One that is to run as a workload gets the agent before its own command.</summary>
/// <param name="images">The engine's images.</param>
/// <param name="builder">Adds the agent.</param>
/// <param name="agent">The static binary that becomes the first process.</param>
public sealed class RegistrySource(DockerImageStore images, IImageBuilder builder, string agent) : IImageSource
{
    /// <summary>The maintained majors of <c>docker.io/library/postgres</c>, newest first; 18 keeps its data elsewhere.</summary>
    public static IReadOnlyList<string> PostgresVersions { get; } = ["17", "16", "15", "14"];

    public string Name => "registry";

    public bool CanSupply(ImageRecipe recipe) => recipe.RegistryReference is not null;

    public Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation) =>
        recipe.RegistryReference is { } reference
            ? images.FindAsync(recipe.UnderAgent ? WrappedOf(reference).Reference : reference, cancellation)
            : Task.FromResult<Image?>(null);

    public async Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        if (await FindAsync(recipe, cancellation) is { } ready)
        {
            return ready;
        }

        var reference = recipe.RegistryReference!;
        if (await images.FindAsync(reference, cancellation) is null)
        {
            log.Report($"Pulling {reference}");
            await images.PullAsync(reference, log, cancellation);
        }

        return recipe.UnderAgent
            ? await WrapAsync(reference, log, cancellation)
            : await images.FindAsync(reference, cancellation) ?? throw new NuaException(ImageProblems.NotPulled(reference, "it is not there afterwards"));
    }

    private RecipeIdentity WrappedOf(string reference) =>
        RecipeIdentity.Of(new ImageRecipe { Name = "pulled", Version = "1", RegistryReference = reference }, FileStamp.Of(agent));

    private async Task<Image> WrapAsync(string reference, IProgress<string> log, CancellationToken cancellation)
    {
        using var context = new BuildContext();
        context.AddAgent(agent);
        var identity = WrappedOf(reference);
        return await builder.BuildAsync(
            new ImageBuild
            {
                Context = context.Folder,
                Dockerfile = RecipeDockerfile.UnderAgent(reference, await images.CommandOfAsync(reference, cancellation)),
                Tag = identity.Reference,
                Labels = new Dictionary<string, string> { [ImageLabels.Recipe] = identity.Label },
            },
            log,
            cancellation);
    }
}
