using System.Runtime.InteropServices;
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

    private static readonly string Architecture = RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.X64
        ? "amd64"
        : RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>The images of an index, for this kind of machine.</summary>
    /// <param name="index">The file.</param>
    /// <exception cref="InvalidDataException">A file is missing, or not what it should be.</exception>
    public IEnumerable<SavedManifest> Manifests(string index) => Of(Document(index), names: [], level: 1);

    private IEnumerable<SavedManifest> Of(LayoutDocument document, IReadOnlyList<string> names, int level)
    {
        if (document is { Config: { } config, Layers: { } layers })
        {
            return [new SavedManifest(FileOf(config), [.. layers.Select(FileOf)], names)];
        }

        return level > MostLevels
            ? throw new InvalidDataException("its index is nested too deep")
            : (document.Manifests ?? []).Where(IsForThisMachine).SelectMany(one => Of(Document(FileOf(one)), NamesOf(one, names), level + 1));
    }

    private static bool IsForThisMachine(LayoutDescriptor one) => one.Platform is null or { Os: "linux" } && (one.Platform?.Architecture ?? Architecture) == Architecture;

    private static IReadOnlyList<string> NamesOf(LayoutDescriptor one, IReadOnlyList<string> above) =>
        one.Annotations?.GetValueOrDefault(FullName) is { } full ? [full]
        : one.Annotations?.GetValueOrDefault(ReferenceName) is { } name && name.Contains(':') ? [name]
        : above;

    private LayoutDocument Document(string file) =>
        JsonSerializer.Deserialize(files.Read(file), ArchiveJson.Default.LayoutDocument) ?? throw new InvalidDataException($"'{file}' is empty");

    private static string FileOf(LayoutDescriptor one) => $"blobs/{one.Digest.Replace(':', '/')}";
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
