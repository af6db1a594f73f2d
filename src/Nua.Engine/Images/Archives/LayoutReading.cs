using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nua.Engine.Images.Archives;

/// <summary>Reads an OCI image layout (OCI image specification, image-layout.md, image-index.md, manifest.md).</summary>
internal sealed class LayoutReading(ArchiveFiles files)
{
    /// <summary>Where containerd, and so Docker, puts the whole name.</summary>
    private const string FullName = "io.containerd.image.name";

    private const string ReferenceName = "org.opencontainers.image.ref.name";

    // An index in an index in an index is nobody's.
    private const int MostLevels = 3;

    private readonly List<SavedManifest> _found = [];

    /// <summary>The images of an index, those for other kinds of machines left out as far as it says so.</summary>
    /// <param name="index">The file.</param>
    /// <exception cref="InvalidDataException">A file is missing, or not what it should be.</exception>
    public IReadOnlyList<SavedManifest> Manifests(string index)
    {
        Read(index, names: [], level: 1);
        return _found;
    }

    private void Read(string file, IReadOnlyList<string> names, int level)
    {
        var document = JsonSerializer.Deserialize(files.Read(file), ArchiveJson.Default.LayoutDocument);
        if (document is { Config: { } config, Layers: { } layers })
        {
            _found.Add(new SavedManifest(FileOf(config), [.. layers.Select(FileOf)], names));
            return;
        }

        if (level > MostLevels || document?.Manifests is not { } manifests || manifests.Count + _found.Count > SavedManifest.MostImages)
        {
            throw new InvalidDataException($"'{file}' is not what it should be");
        }

        foreach (var one in manifests.Where(IsForThisMachine))
        {
            Read(FileOf(one), NamesOf(one, names), level + 1);
        }
    }

    private static bool IsForThisMachine(LayoutDescriptor? one) =>
        one?.Platform is not { } platform || platform is { Os: "linux" } && platform.Architecture == SavedManifest.Architecture;

    private static IReadOnlyList<string> NamesOf(LayoutDescriptor one, IReadOnlyList<string> above) =>
        one.Annotations?.GetValueOrDefault(FullName) is { } full ? [full]
        : one.Annotations?.GetValueOrDefault(ReferenceName) is { } name && name.Contains(':') ? [name]
        : above;

    private static string FileOf(LayoutDescriptor? one) =>
        $"blobs/{one?.Digest.Replace(':', '/') ?? throw new InvalidDataException("it names a file without saying which")}";
}

/// <summary>An image index, or an image manifest: they differ in what is there.</summary>
internal sealed record LayoutDocument(
    [property: JsonPropertyName("manifests")] IReadOnlyList<LayoutDescriptor>? Manifests = null,
    [property: JsonPropertyName("config")] LayoutDescriptor? Config = null,
    [property: JsonPropertyName("layers")] IReadOnlyList<LayoutDescriptor>? Layers = null);

/// <summary>Names another document, or a file, by its hash (OCI image specification, descriptor.md).</summary>
internal sealed record LayoutDescriptor(
    [property: JsonPropertyName("digest")] string Digest,
    [property: JsonPropertyName("platform")] LayoutPlatform? Platform = null,
    [property: JsonPropertyName("annotations")] IReadOnlyDictionary<string, string>? Annotations = null);

/// <summary>What an image runs on.</summary>
internal sealed record LayoutPlatform(
    [property: JsonPropertyName("architecture")] string Architecture, [property: JsonPropertyName("os")] string Os);
