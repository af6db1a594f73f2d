using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nua.Testing;

/// <summary>Writes archives of images in the layouts there are.</summary>
public static class ArchiveWriter
{
    public static readonly string Architecture = RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.X64 ? "amd64" : "arm64";

    private static readonly byte[] Layer = Tar(("nua/metadata/nua-config.json", "{}"u8.ToArray()));

    private static readonly string[] Layers = ["abc/layer.tar"];

    /// <summary>What <c>docker save</c> wrote before Docker 25.</summary>
    public static byte[] Saved(IReadOnlyDictionary<string, string> labels, params string[] names) => Saved(Config(labels), names);

    /// <summary>The same with that configuration.</summary>
    public static byte[] Saved(byte[] config, params string[] names)
    {
        var manifest = Json(new object[] { new { Config = $"{Hash(config)}.json", RepoTags = names.Length == 0 ? null : names, Layers } });
        return Tar((Layers[0], Layer), ($"{Hash(config)}.json", config), ("manifest.json", manifest));
    }

    /// <summary>Two images, the second's layer a link to the first's, as Docker before 25 writes it.</summary>
    public static byte[] SavedWithLink(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second)
    {
        var (one, two) = (Config(first), Config(second));
        var manifest = Json(new object[]
        {
            new { Config = "one.json", RepoTags = (string[]?)null, Layers },
            new { Config = "two.json", RepoTags = (string[]?)null, Layers = new List<string> { "def/layer.tar" } },
        });
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            Add(writer, (Layers[0], Layer), ("one.json", one), ("two.json", two), ("manifest.json", manifest));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "def/"));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "def/layer.tar") { LinkName = "../abc/layer.tar" });
        }

        return bytes.ToArray();
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
                    Named(manifest, new { architecture = Architecture, os = "linux" }),
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
            Add(writer, files);
        }

        return bytes.ToArray();
    }

    /// <summary>The configuration of an image of one layer.</summary>
    public static byte[] Config(IReadOnlyDictionary<string, string> labels, string? architecture = null, DateTimeOffset? created = null) => Json(new
    {
        architecture = architecture ?? Architecture,
        os = "linux",
        created = created ?? DateTimeOffset.UnixEpoch.AddYears(40),
        config = new { Labels = labels },
        rootfs = new { type = "layers", diff_ids = new List<string> { $"sha256:{Hash(Layer)}" } },
    });

    private static void Add(TarWriter writer, params (string Name, byte[] Content)[] files)
    {
        foreach (var (name, content) in files)
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
    }

    private static object Named(byte[] content, object? platform = null, IReadOnlyDictionary<string, string>? annotations = null) =>
        new { digest = $"sha256:{Hash(content)}", size = content.Length, platform, annotations };

    private static (string, byte[]) Blob(byte[] content) => ($"blobs/sha256/{Hash(content)}", content);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Json(object value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value));
}
