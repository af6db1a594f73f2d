using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nua.Engine.Images.Archives;

/// <summary>One image as <c>manifest.json</c> of a saved archive describes it (Docker Engine, image specification 1.2).</summary>
/// <param name="Config">The file with its configuration.</param>
/// <param name="Layers">The files with its layers, the lowest first.</param>
/// <param name="RepoTags">The names it is saved under.</param>
internal sealed record SavedManifest(string Config, IReadOnlyList<string> Layers, IReadOnlyList<string>? RepoTags = null)
{
    private const string BlobFolder = "blobs/sha256/";

    public static IReadOnlyList<SavedManifest> Read(byte[] json) =>
        JsonSerializer.Deserialize(json, ArchiveJson.Default.SavedManifestArray)
        ?? throw new InvalidDataException($"{ImageArchive.ManifestFile} is empty");

    public static byte[] Write(IEnumerable<SavedManifest> manifests) =>
        JsonSerializer.SerializeToUtf8Bytes([.. manifests], ArchiveJson.Default.SavedManifestArray);

    /// <exception cref="InvalidDataException">A file is missing.</exception>
    public ArchivedImage Image(ArchiveFiles files)
    {
        if (Layers.FirstOrDefault(layer => !files.Has(layer)) is { } missing)
        {
            throw new InvalidDataException($"the layer '{missing}' is not in it");
        }

        var config = JsonSerializer.Deserialize(files.Read(Config), ArchiveJson.Default.ConfigDocument);
        return new ArchivedImage($"sha256:{HashIn(Config)}", RepoTags ?? [], config?.Config?.Labels ?? new Dictionary<string, string>());
    }

    // blobs/sha256/HASH, or HASH.json.
    private static string HashIn(string file) =>
        file.StartsWith(BlobFolder, StringComparison.Ordinal) ? file[BlobFolder.Length..] : Path.GetFileNameWithoutExtension(file);
}

/// <summary>An image's configuration, as far as it matters here (OCI image specification, config.md).</summary>
internal sealed record ConfigDocument([property: JsonPropertyName("config")] ConfigSection? Config = null);

/// <summary>What engines do with the image, and what was written on it.</summary>
internal sealed record ConfigSection(IReadOnlyDictionary<string, string>? Labels = null);

/// <summary>The shape of what archives hold.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SavedManifest[]))]
[JsonSerializable(typeof(LayoutDocument))]
[JsonSerializable(typeof(ConfigDocument))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
