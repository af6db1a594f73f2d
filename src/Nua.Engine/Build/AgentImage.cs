using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images;

namespace Nua.Engine.Build;

/// <summary>
/// The agent as an image of its own, lent to builds that are not to contain it: in their context, a package's own Dockerfile
/// would copy it with everything else.
/// </summary>
internal sealed class AgentImage(IImageBuilder builder, IImageStore store, BuildSettings settings)
{
    /// <param name="hash">The agent's hash.</param>
    /// <param name="log">Hears every line.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The image's name.</returns>
    public async Task<string> EnsureAsync(string hash, IProgress<string> log, CancellationToken cancellation)
    {
        var reference = $"nua/agent:{hash[..12]}";
        if (await store.FindAsync(reference, cancellation) is not null)
        {
            return reference;
        }

        var context = Path.Combine(settings.Folder, $"agent-{Guid.NewGuid():N}");
        try
        {
            var copies = new Dictionary<string, string> { [ImagePaths.ContextAgent] = settings.Agent };
            BuildContext.Lay(context, new SourceFolder(context, []), "", new Dictionary<string, string>(), copies, cancellation);
            await builder.BuildAsync(BuildOf(context, reference, hash), log, cancellation);
            return reference;
        }
        finally
        {
            BuildContext.Clear(context);
        }
    }

    private ImageBuild BuildOf(string context, string reference, string hash) => new()
    {
        Context = context,
        Dockerfile = new DockerfileText(settings.Packages).From("scratch").Copy(ImagePaths.ContextAgent, ImagePaths.Agent).ToString(),
        Tag = reference,
        Labels = new Dictionary<string, string> { [ImageLabels.Recipe] = $"agent:{hash}" },
    };
}
