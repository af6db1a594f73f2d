using Nua.Engine.Images;

namespace Nua.Engine.Build;

/// <summary>Knows whether an image was built of exactly the same before.</summary>
internal sealed class EarlierBuilds(IImageStore store, BuildSettings settings)
{
    /// <summary>What tells a build from every other.</summary>
    /// <param name="planned">The build.</param>
    /// <param name="bases">The ids of the images it stands on, by the build argument that names each.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<BuildIdentity> IdentityOfAsync(
        PlannedBuild planned, IReadOnlyDictionary<string, string> bases, CancellationToken cancellation)
    {
        var agent = await Sources.ContentHash.OfFileAsync(settings.Agent, cancellation);
        var named = await IdsOfAsync(planned.Plan.NamedImages, cancellation);
        var hash = await BuildHash.OfAsync(
            planned, [.. planned.Plan.Bases.Keys.Select(argument => bases[argument]), .. named], agent, cancellation);
        return new BuildIdentity(hash, agent);
    }

    /// <summary>What was built of the same. Whatever was made of that image has its labels too, but came later.</summary>
    public async Task<Image?> FindAsync(string reference, string hash, CancellationToken cancellation)
    {
        var named = await store.FindAsync(reference, cancellation);
        if (named?.Labels.GetValueOrDefault(ImageLabels.BuildHash) == hash)
        {
            return named;
        }

        return await store.ListAsync(ImageLabels.BuildHash, hash, cancellation) is [.., var oldest] ? oldest : null;
    }

    /// <summary>The images behind names that may come to stand for others; one that is not there is fetched by the build.</summary>
    private async Task<IReadOnlyList<string>> IdsOfAsync(IReadOnlyList<string> references, CancellationToken cancellation)
    {
        var ids = new List<string>();
        foreach (var reference in references)
        {
            ids.Add((await store.FindAsync(reference, cancellation))?.Id ?? "absent");
        }

        return ids;
    }
}

/// <param name="Hash">Of all that goes into the build.</param>
/// <param name="Agent">Of the agent alone.</param>
internal sealed record BuildIdentity(string Hash, string Agent);
