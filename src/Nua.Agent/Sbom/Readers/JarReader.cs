using System.IO.Compression;
using System.Text;

namespace Nua.Agent.Sbom.Readers;

/// <summary>Java archives, and those within them: what Maven wrote into them, or else their manifest.</summary>
internal sealed class JarReader : IPackageReader
{
    /// <summary>An application's archive has libraries in it; these have none.</summary>
    private const int Deepest = 2;

    private const long LargestInner = 64 << 20;

    private const long LongestText = 1 << 20;

    public bool Reads(ImageFile file) => IsArchive(file.Name);

    public IEnumerable<Component> Read(ImageFile file)
    {
        using var stream = file.Open();
        return [.. ReadArchive(stream, Path.GetFileNameWithoutExtension(file.Path), file.Path, depth: 1)];
    }

    private static bool IsArchive(ReadOnlySpan<char> name) => name.EndsWith(".jar") || name.EndsWith(".war") || name.EndsWith(".ear");

    private static List<Component> ReadArchive(Stream stream, string name, string place, int depth)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        var found = archive.Entries.Where(IsMavens).Select(entry => FromMaven(entry, place)).OfType<Component>().ToList();
        if (found.Count == 0 && archive.GetEntry("META-INF/MANIFEST.MF") is { } manifest && FromManifest(TextOf(manifest), name, place) is { } one)
        {
            found.Add(one);
        }

        foreach (var inner in archive.Entries.Where(entry => depth < Deepest && IsArchive(entry.Name)))
        {
            using var content = new MemoryStream(BytesOf(inner, LargestInner));
            found.AddRange(ReadArchive(content, Path.GetFileNameWithoutExtension(inner.Name), $"{place}!/{inner.FullName}", depth + 1));
        }

        return found;
    }

    private static bool IsMavens(ZipArchiveEntry entry) =>
        entry.Name == "pom.properties" && entry.FullName.StartsWith("META-INF/maven/", StringComparison.Ordinal);

    private static Component? FromMaven(ZipArchiveEntry entry, string place)
    {
        var lines = TextOf(entry).Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2);
        var fields = lines.GroupBy(pair => pair[0].Trim()).ToDictionary(same => same.Key, same => same.First()[1].Trim());
        return fields.GetValueOrDefault("artifactId") is { Length: > 0 } artifact && fields.GetValueOrDefault("groupId") is { Length: > 0 } group
            ? Artifact(group, artifact, fields.GetValueOrDefault("version", ""), place)
            : null;
    }

    /// <summary>A manifest names no group that could be relied on, so what it names is no artifact of Maven's.</summary>
    private static Component? FromManifest(string text, string archive, string place)
    {
        var fields = ControlFile.Parse(text).FirstOrDefault();
        var version = fields?.GetValueOrDefault("Bundle-Version") ?? fields?.GetValueOrDefault("Implementation-Version");
        if (version is not { Length: > 0 })
        {
            return null;
        }

        // The archive's own name, without its version, is what people know it by.
        var name = archive.EndsWith($"-{version}", StringComparison.Ordinal) ? archive[..^(version.Length + 1)] : archive;
        return new Component(name, version, PackageUrl.Of("generic", "", name, version))
        {
            FoundAt = place,
            Licence = Licence.Expression(fields!.GetValueOrDefault("Bundle-License")?.Split([';', ','])[0]),
        };
    }

    private static Component Artifact(string group, string artifact, string version, string place) =>
        new(artifact, version, PackageUrl.Of("maven", group, artifact, version)) { FoundAt = place };

    private static string TextOf(ZipArchiveEntry entry) => Encoding.UTF8.GetString(BytesOf(entry, LongestText));

    /// <summary>What an archive says of its entries' sizes need not be so.</summary>
    private static byte[] BytesOf(ZipArchiveEntry entry, long most)
    {
        using var stream = entry.Open();
        return BoundedRead.All(stream, most);
    }
}
