using Docker.DotNet.Models;
using Nua.Core.Problems;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Images;

namespace Nua.Drivers.Images.Docker;

/// <summary>The images of a Docker engine.</summary>
/// <param name="socket">The engine's Unix socket.</param>
public sealed class DockerImageStore(string socket) : IImageStore, IDisposable
{
    private readonly DockerEngine _engine = new(socket);

    public async Task<Image?> FindAsync(string reference, CancellationToken cancellation)
    {
        try
        {
            var image = await _engine.AskAsync(
                $"inspect the image '{reference}'", client => client.Images.InspectImageAsync(reference, cancellation), cancellation);
            return Of(reference, image);
        }
        catch (NuaException missing) when (missing.IsNotFound())
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<Image>> ListAsync(string label, string? value, CancellationToken cancellation)
    {
        var request = new ImagesListParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["label"] = new Dictionary<string, bool> { [value is null ? label : $"{label}={value}"] = true },
            },
        };
        var images = await _engine.AskAsync("list images", client => client.Images.ListImagesAsync(request, cancellation), cancellation);
        var found = new List<Image>();
        foreach (var image in images)
        {
            // The list knows the second an image was made in; that is too coarse to tell the newest.
            if (await FindAsync(image.ID, cancellation) is { } details)
            {
                found.Add(details with { Reference = NameOf(image) });
            }
        }

        return [.. found.OrderByDescending(image => image.CreatedAt)];
    }

    public async Task<ImageDetail?> InspectAsync(string reference, CancellationToken cancellation)
    {
        try
        {
            return await _engine.AskAsync(
                $"inspect the image '{reference}'",
                async client =>
                {
                    var image = await client.Images.InspectImageAsync(reference, cancellation);
                    var history = await client.Images.GetImageHistoryAsync(image.ID, cancellation);
                    return ImageAnatomy.Of(Of(reference, image), image, history);
                },
                cancellation);
        }
        catch (NuaException missing) when (missing.IsNotFound())
        {
            return null;
        }
    }

    public Task<byte[]?> ReadFileAsync(string reference, string path, long mostBytes, CancellationToken cancellation) =>
        new ImageFileReader(_engine).ReadAsync(reference, path, mostBytes, cancellation);

    public Task<IReadOnlyList<string>> RemoveLeftoversAsync(CancellationToken cancellation) =>
        new ImageFileReader(_engine).RemoveLeftoversAsync(cancellation);

    public async Task<IReadOnlySet<string>> InUseAsync(CancellationToken cancellation) =>
        (await ContainersAsync(cancellation)).Select(container => container.ImageID).ToHashSet(StringComparer.Ordinal);

    public async Task LoadAsync(Stream archive, CancellationToken cancellation)
    {
        var progress = new EngineProgress(log: null);
        try
        {
            await _engine.AskAsync(
                "load images",
                client => client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, archive, progress, cancellation),
                cancellation);
        }
        catch (NuaException refusal) when (refusal.Problem.Code is "runtime.refused")
        {
            throw new NuaException(ImageProblems.NotLoaded(EngineFaults.ReasonOf(refusal)), refusal);
        }

        if (progress.Error is { } error)
        {
            throw new NuaException(ImageProblems.NotLoaded(error));
        }
    }

    public Task<Stream> SaveAsync(IReadOnlyList<string> references, CancellationToken cancellation) => _engine.AskAsync(
        "save images", client => client.Images.SaveImagesAsync([.. references], cancellation), cancellation);

    public Task TagAsync(string reference, string name, CancellationToken cancellation)
    {
        var (repository, tag) = ImageName.Split(name);
        var request = new ImageTagParameters { RepositoryName = repository, Tag = tag };
        return _engine.AskAsync(
            $"name the image '{name}'", client => client.Images.TagImageAsync(reference, request, cancellation), cancellation);
    }

    public async Task RemoveAsync(string reference, CancellationToken cancellation)
    {
        try
        {
            await _engine.AskAsync(
                $"remove the image '{reference}'",
                client => client.Images.DeleteImageAsync(reference, new ImageDeleteParameters(), cancellation),
                cancellation);
        }
        catch (NuaException gone) when (gone.IsNotFound())
        {
            // Already gone, which is what was asked.
        }
        catch (NuaException refusal) when (refusal.IsConflict())
        {
            throw new NuaException(ImageProblems.InUse(reference, await UsersOfAsync(reference, cancellation)), refusal);
        }
    }

    private async Task<IEnumerable<string>> UsersOfAsync(string reference, CancellationToken cancellation)
    {
        var image = await FindAsync(reference, cancellation);
        return (await ContainersAsync(cancellation))
            .Where(container => container.ImageID == image?.Id)
            .Select(container => $"{container.Names.FirstOrDefault()?.TrimStart('/') ?? container.ID} ({container.Status})");
    }

    private Task<IList<ContainerListResponse>> ContainersAsync(CancellationToken cancellation) => _engine.AskAsync(
        "list containers",
        client => client.Containers.ListContainersAsync(new ContainersListParameters { All = true }, cancellation),
        cancellation);

    /// <summary>Makes an image of one layer from an archive of a file system.</summary>
    /// <param name="tar">The archive, not compressed.</param>
    /// <param name="name">What the image is called.</param>
    /// <param name="changes">Lines of a Dockerfile that change its configuration.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ImportAsync(Stream tar, string name, IReadOnlyList<string> changes, CancellationToken cancellation)
    {
        var (repository, tag) = ImageName.Split(name);
        var request = new ImagesCreateParameters { FromSrc = "-", Repo = repository, Tag = tag, Changes = [.. changes] };
        var progress = new EngineProgress(log: null);
        await _engine.AskAsync(
            $"import '{name}'", client => client.Images.CreateImageAsync(request, tar, authConfig: null!, progress, cancellation), cancellation);
        if (progress.Error is { } error)
        {
            throw new NuaException(EngineFaults.Explain($"import '{name}'", error));
        }
    }

    /// <summary>Gets an image from its registry.</summary>
    /// <exception cref="NuaException"><c>image.not-pulled</c></exception>
    public async Task PullAsync(string reference, IProgress<string> log, CancellationToken cancellation)
    {
        var (repository, tag) = ImageName.Split(reference);
        var request = new ImagesCreateParameters { FromImage = repository, Tag = tag };
        var progress = new EngineProgress(log);
        try
        {
            await _engine.AskAsync(
                $"pull '{reference}'",
                client => client.Images.CreateImageAsync(request, authConfig: null!, progress, cancellation),
                cancellation);
        }
        catch (NuaException refusal) when (refusal.Problem.Code is "runtime.refused" or "runtime.image-missing")
        {
            throw new NuaException(ImageProblems.NotPulled(reference, EngineFaults.ReasonOf(refusal)), refusal);
        }

        if (progress.Error is { } error)
        {
            throw new NuaException(ImageProblems.NotPulled(reference, error));
        }
    }

    /// <summary>The image of that name, if it is the one that was made under it.</summary>
    internal async Task<Image?> FindAsync(RecipeIdentity identity, CancellationToken cancellation)
    {
        // An image built on this one has its label too, but never its name.
        var image = await FindAsync(identity.Reference, cancellation);
        return image?.Labels.GetValueOrDefault(ImageLabels.Recipe) == identity.Label ? image : null;
    }

    /// <summary>How the engine makes control groups: <c>cgroupfs</c>, <c>systemd</c>.</summary>
    internal async Task<string?> GroupDriverAsync(CancellationToken cancellation) =>
        (await _engine.AskAsync("ask what it is", client => client.System.GetSystemInfoAsync(cancellation), cancellation)).CgroupDriver;

    /// <summary>What the image runs by itself, and who.</summary>
    internal async Task<ImageStart> StartOfAsync(string reference, CancellationToken cancellation)
    {
        var image = await _engine.AskAsync(
            $"inspect the image '{reference}'", client => client.Images.InspectImageAsync(reference, cancellation), cancellation);
        return new ImageStart(
            [.. image.Config?.Entrypoint ?? [], .. image.Config?.Cmd ?? []],
            image.Config?.User is { Length: > 0 } user ? user : null);
    }

    public void Dispose() => _engine.Dispose();

    // An image that lost its name to a newer one is still known by its id.
    private static string NameOf(ImagesListResponse image) =>
        image.RepoTags?.FirstOrDefault(tag => !tag.StartsWith("<none>", StringComparison.Ordinal)) ?? image.ID;

    private static Image Of(string reference, ImageInspectResponse image) =>
        new(reference, image.ID, image.Size, At(image.Created ?? default), Copy(image.Config?.Labels));

    private static DateTimeOffset At(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));

    private static Dictionary<string, string> Copy(IDictionary<string, string>? labels) => labels is null ? [] : new(labels);
}
