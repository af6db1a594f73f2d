using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nua.Testing;

/// <summary>Writes archives of images in the layouts there are.</summary>
public static class ArchiveWriter
{
    private static readonly byte[] Layer = Tar(("nua/metadata/nua-config.json", "{}"u8.ToArray()));

    private static readonly string[] Layers = ["abc/layer.tar"];

    /// <summary>What <c>docker save</c> wrote before Docker 25.</summary>
    public static byte[] Saved(IReadOnlyDictionary<string, string> labels, params string[] names)
    {
        var config = Config(labels);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new object[] { new { Config = $"{Hash(config)}.json", RepoTags = names.Length == 0 ? null : names, Layers } });
        return Tar((Layers[0], Layer), ($"{Hash(config)}.json", config), ("manifest.json", manifest));
    }

    /// <summary>An OCI image layout, as buildah and skopeo write it.</summary>
    /// <param name="labels">On the image.</param>
    /// <param name="name">As <c>org.opencontainers.image.ref.name</c>.</param>
    /// <param name="platforms">Further architectures that it says it has, and this one below an index of its own.</param>
    public static byte[] Layout(IReadOnlyDictionary<string, string> labels, string? name = null, bool platforms = false)
    {
        var config = Config(labels);
        var manifest = Json(new { schemaVersion = 2, config = Named(config), layers = new[] { Named(Layer) } });
        var files = new List<(string, byte[])> { Blob(Layer), Blob(config), Blob(manifest), ("oci-layout", Json(new { imageLayoutVersion = "1.0.0" })) };
        var top = manifest;
        if (platforms)
        {
            top = Json(new
            {
                schemaVersion = 2,
                manifests = new[]
                {
                    Named(Layer, new { architecture = "s390x", os = "linux" }),
                    Named(Layer, new { architecture = "unknown", os = "unknown" }),
                    Named(manifest, new { architecture = "amd64", os = "linux" }),
                },
            });
            files.Add(Blob(top));
        }

        var annotations = name is null ? [] : new Dictionary<string, string> { ["org.opencontainers.image.ref.name"] = name };
        files.Add(("index.json", Json(new { schemaVersion = 2, manifests = new[] { Named(top, platform: null, annotations) } })));
        return Tar([.. files]);
    }

    public static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Config(IReadOnlyDictionary<string, string> labels) => Json(new
    {
        architecture = "amd64",
        os = "linux",
        config = new { Labels = labels },
        rootfs = new { type = "layers", diff_ids = new[] { $"sha256:{Hash(Layer)}" } },
    });

    private static object Named(byte[] content, object? platform = null, IReadOnlyDictionary<string, string>? annotations = null) =>
        new { digest = $"sha256:{Hash(content)}", size = content.Length, platform, annotations };

    private static (string, byte[]) Blob(byte[] content) => ($"blobs/sha256/{Hash(content)}", content);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Json(object value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value));
}
