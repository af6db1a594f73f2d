using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images;

namespace Nua.Engine.Build;

/// <summary>
/// The images that the agent is put into: one of its own, lent to builds that are not to contain it, and what apps stand on. They
/// are called after all that they are made of, so that what has that name needs no further look.
/// </summary>
internal sealed class AgentImages(IImageBuilder builder, IImageStore store, BuildSettings settings)
{
    private const string ContextAgent = "agent";

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>
    /// The agent alone: in the context of a package's own Dockerfile, that would copy it with everything else.
    /// </summary>
    /// <param name="agent">The agent's hash.</param>
    /// <param name="log">Hears every line.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The image's name.</returns>
    public Task<string> AgentAsync(string agent, IProgress<string> log, CancellationToken cancellation)
    {
        var text = new DockerfileText(settings.Packages).From("scratch").Copy(ContextAgent, ImagePaths.Agent);
        return EnsureAsync("agent", series: "agent", text.ToString(), Nothing, [agent], log, cancellation);
    }

    /// <summary>
    /// An image made ready for apps: with the user that runs them, the folders, and the agent. All apps that stand on the same
    /// image have these layers in common.
    /// </summary>
    /// <param name="standsOn">What is made ready.</param>
    /// <param name="agent">The agent's hash.</param>
    /// <param name="log">Hears every line.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The image's name.</returns>
    public Task<string> AppBaseAsync(BaseImage standsOn, string agent, IProgress<string> log, CancellationToken cancellation)
    {
        var text = new DockerfileText(settings.Packages)
            .Argument(LayeredImage.BaseArgument)
            .Base(LayeredImage.BaseArgument, LayeredImage.BaseStageName, [])
            .Copy(ContextAgent, ImagePaths.Agent);
        var arguments = new Dictionary<string, string> { [LayeredImage.BaseArgument] = standsOn.Reference };
        return EnsureAsync("app-base", series: $"app-base {standsOn.Reference}", text.ToString(), arguments, [agent, standsOn.Id], log, cancellation);
    }

    private async Task<string> EnsureAsync(
        string name,
        string series,
        string dockerfile,
        IReadOnlyDictionary<string, string> arguments,
        IReadOnlyList<string> madeOf,
        IProgress<string> log,
        CancellationToken cancellation)
    {
        var identity = RecipeIdentity.Of(new ImageRecipe { Name = name, Version = "1" }, [dockerfile, .. madeOf]);
        if (await store.FindAsync(identity.Reference, cancellation) is not null)
        {
            return identity.Reference;
        }

        var context = Path.Combine(settings.Folder, $"{name}-{Guid.NewGuid():N}");
        try
        {
            var copies = new Dictionary<string, string> { [ContextAgent] = settings.Agent };
            BuildContext.Lay(context, new SourceFolder(context, []), "", Nothing, copies, cancellation);
            await builder.BuildAsync(
                new ImageBuild
                {
                    Context = context,
                    Dockerfile = dockerfile,
                    Tag = identity.Reference,
                    Arguments = arguments,
                    Labels = new Dictionary<string, string> { [ImageLabels.Recipe] = identity.Label, [ImageLabels.Series] = series },
                },
                log,
                cancellation);
            return identity.Reference;
        }
        finally
        {
            BuildContext.Clear(context);
        }
    }
}
