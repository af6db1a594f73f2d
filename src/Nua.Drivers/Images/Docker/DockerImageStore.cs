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
            return new Image(reference, image.ID, image.Size, At(image.Created ?? default), Copy(image.Config?.Labels));
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
            throw new NuaException(ImageProblems.InUse(reference), refusal);
        }
    }

    public void Dispose() => _engine.Dispose();

    // An image that lost its name to a newer one is still known by its id.
    private static string NameOf(ImagesListResponse image) =>
        image.RepoTags?.FirstOrDefault(tag => !tag.StartsWith("<none>", StringComparison.Ordinal)) ?? image.ID;

    private static DateTimeOffset At(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));

    private static Dictionary<string, string> Copy(IDictionary<string, string>? labels) => labels is null ? [] : new(labels);
}
