using System.Text;
using Nua.Engine.Images;
using Nua.Engine.Images.Archives;

namespace Nua.Testing.Fakes;

/// <summary>Images that exist by being named: a store and a source in one.</summary>
public sealed class InMemoryImages : IImageStore, IImageSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Image> _images = [];
    private readonly Dictionary<string, Image> _supplied = [];
    private int _made;

    public string Name => "memory";

    /// <summary>Puts an image of an app there, as a build would have; without the agent when it wraps a foreign one.</summary>
    public Image Add(string reference, string app, string config, bool hasAgent = true)
    {
        var labels = new Dictionary<string, string> { [ImageLabels.App] = app, [ImageLabels.Config] = config };
        if (hasAgent)
        {
            labels[ImageLabels.Agent] = "fake";
        }

        lock (_lock)
        {
            return _images[reference] = New(reference, labels);
        }
    }

    /// <summary>Puts an image with these labels there; one that had the name loses it.</summary>
    public Image Add(string reference, IReadOnlyDictionary<string, string> labels)
    {
        lock (_lock)
        {
            if (_images.ContainsKey(reference))
            {
                Unname(reference);
            }

            return _images[reference] = New(reference, labels);
        }
    }

    /// <summary>Takes an image its name, as a newer build of the same name does.</summary>
    public Image Unname(string reference)
    {
        lock (_lock)
        {
            _images.Remove(reference, out var image);
            return _images[image!.Id] = image with { Reference = image.Id };
        }
    }

    private Image New(string reference, IReadOnlyDictionary<string, string> labels) =>
        new(reference, $"sha256:{++_made:x}", 1, DateTimeOffset.UnixEpoch.AddMinutes(_made), labels);

    public bool CanSupply(ImageRecipe recipe) => true;

    /// <summary>What was supplied before; the rest has to be fetched.</summary>
    public Task<Image?> FindAsync(ImageRecipe recipe, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_supplied.GetValueOrDefault(NameOf(recipe)));
        }
    }

    public Task<Image> SupplyAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation)
    {
        var reference = NameOf(recipe);
        var labels = new Dictionary<string, string> { [ImageLabels.Agent] = "fake" };
        lock (_lock)
        {
            return Task.FromResult(_supplied[reference] = new Image(reference, $"sha256:{reference}", 1, DateTimeOffset.UnixEpoch, labels));
        }
    }

    private static string NameOf(ImageRecipe recipe) => $"{recipe.Name}:{recipe.Version}";

    public Task<Image> RefreshAsync(ImageRecipe recipe, IProgress<string> log, CancellationToken cancellation) =>
        SupplyAsync(recipe, log, cancellation);

    public Task<Image?> FindAsync(string reference, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_images.GetValueOrDefault(reference) ?? _images.Values.FirstOrDefault(image => image.Id == reference));
        }
    }

    public Task<IReadOnlyList<Image>> ListAsync(string label, string? value, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Image>>(
                [.. _images.Values.Where(image => image.Labels.TryGetValue(label, out var found) && (value is null || found == value))]);
        }
    }

    /// <summary>What images have in files, by the image's id and the path.</summary>
    public IDictionary<(string Id, string Path), byte[]> Files { get; } = new Dictionary<(string Id, string Path), byte[]>();

    /// <summary>The layers of images, by their id.</summary>
    public IDictionary<string, IReadOnlyList<ImageLayer>> Layers { get; } = new Dictionary<string, IReadOnlyList<ImageLayer>>();

    /// <summary>The ids of images that containers of nobody Nua knows were made of.</summary>
    public ISet<string> InUse { get; } = new HashSet<string>();

    public async Task<ImageDetail?> InspectAsync(string reference, CancellationToken cancellation)
    {
        var image = await FindAsync(reference, cancellation);
        lock (_lock)
        {
            return image is null
                ? null
                : new ImageDetail(
                    image,
                    [.. _images.Values.Where(one => one.Id == image.Id && one.Reference != one.Id).Select(one => one.Reference)],
                    Layers.TryGetValue(image.Id, out var layers) ? layers : [new ImageLayer(image.Id, "COPY . /", image.SizeBytes)],
                    new ImageConfig { EntryPoint = ["/usr/local/bin/nua-agent", "start"], WorkingDirectory = "/nua/build", Environment = ["LANG=C.UTF-8"] });
        }
    }

    public Task<byte[]?> ReadFileAsync(string reference, string path, long mostBytes, CancellationToken cancellation) =>
        Task.FromResult(Files.TryGetValue((reference, path), out var content) ? content : null);

    public Task<IReadOnlySet<string>> InUseAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlySet<string>>(InUse.ToHashSet());

    public Task<IReadOnlyList<string>> RemoveLeftoversAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Takes what an archive says of its images.</summary>
    public async Task LoadAsync(Stream archive, CancellationToken cancellation)
    {
        using var whole = new MemoryStream();
        await archive.CopyToAsync(whole, cancellation);
        foreach (var image in (await ImageArchive.ReadAsync(whole, cancellation)).Images)
        {
            lock (_lock)
            {
                foreach (var name in image.Names.DefaultIfEmpty(image.Id))
                {
                    if (_images.ContainsKey(name))
                    {
                        Unname(name);
                    }

                    _images[name] = New(name, image.Labels) with { Id = image.Id };
                }
            }
        }
    }

    /// <summary>The names that were asked for, in place of an archive.</summary>
    public Task<Stream> SaveAsync(IReadOnlyList<string> references, CancellationToken cancellation) =>
        Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', references))));

    public Task TagAsync(string reference, string name, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _images[name] = (_images.GetValueOrDefault(reference) ?? _images.Values.First(image => image.Id == reference)) with { Reference = name };
            return Task.CompletedTask;
        }
    }

    public Task RemoveAsync(string reference, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _images.Remove(reference);
            return Task.CompletedTask;
        }
    }
}
