using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nua.Engine.Images.Archives;

/// <summary>One image as <c>manifest.json</c> of a saved archive describes it (Docker Engine, image specification 1.2).</summary>
/// <param name="Config">The file with its configuration.</param>
/// <param name="Layers">The files with its layers, the lowest first.</param>
/// <param name="RepoTags">The names it is saved under.</param>
internal sealed record SavedManifest(string Config, IReadOnlyList<string> Layers, IReadOnlyList<string>? RepoTags = null)
{
    /// <summary>By this file engines find what is in an archive.</summary>
    public const string File = "manifest.json";

    /// <summary>Nobody saves that many in one archive.</summary>
    public const int MostImages = 100;

    /// <summary>As images name it (Go's GOARCH).</summary>
    public static string Architecture { get; } = RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <exception cref="InvalidDataException">It describes nothing, or too much.</exception>
    public static IReadOnlyList<SavedManifest> Read(byte[] json) =>
        JsonSerializer.Deserialize(json, ArchiveJson.Default.SavedManifestArray) is { Length: <= MostImages } manifests
        && manifests.All(manifest => manifest is not null && !manifest.Layers.Contains(null!) && manifest.RepoTags?.Contains(null!) is not true)
            ? manifests
            : throw new InvalidDataException($"{File} is not what it should be");

    public static byte[] Write(IEnumerable<SavedManifest> manifests) =>
        JsonSerializer.SerializeToUtf8Bytes([.. manifests], ArchiveJson.Default.SavedManifestArray);

    /// <returns><see langword="null"/>: it is for another kind of machine.</returns>
    /// <exception cref="InvalidDataException">A file is missing.</exception>
    public ArchivedImage? Image(ArchiveFiles files)
    {
        if (Layers.FirstOrDefault(layer => !files.Has(layer)) is { } missing)
        {
            throw new InvalidDataException($"the layer '{missing}' is not in it");
        }

        var content = files.Read(Config);
        var config = JsonSerializer.Deserialize(content, ArchiveJson.Default.ConfigDocument);
        return config is not { Os: "linux" } || config.Architecture != Architecture ? null : new ArchivedImage(
            $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}",
            RepoTags ?? [],
            config.Config?.Labels ?? new Dictionary<string, string>(),
            config.Created)
        {
            Config = content,
            Layers = Layers,
        };
    }
}

/// <summary>An image's configuration, as far as it matters here (OCI image specification, config.md).</summary>
internal sealed record ConfigDocument(
    [property: JsonPropertyName("architecture")] string? Architecture = null,
    [property: JsonPropertyName("os")] string? Os = null,
    [property: JsonPropertyName("created")] DateTimeOffset? Created = null,
    [property: JsonPropertyName("config")] ConfigSection? Config = null);

/// <summary>What engines do with the image, and what was written on it.</summary>
internal sealed record ConfigSection(IReadOnlyDictionary<string, string>? Labels = null);

/// <summary>The shape of what archives hold.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SavedManifest[]))]
[JsonSerializable(typeof(LayoutDocument))]
[JsonSerializable(typeof(ConfigDocument))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
