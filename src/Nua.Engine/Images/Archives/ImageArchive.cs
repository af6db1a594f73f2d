using System.Formats.Tar;
using System.Text.Json;
using Nua.Core.Problems;

namespace Nua.Engine.Images.Archives;

/// <summary>
/// An archive of images: one that <c>docker save</c> wrote, in its own layout or since Docker 25 in both, or an OCI image layout
/// (OCI image specification, image-layout.md).
/// </summary>
public sealed class ImageArchive
{
    private const string LayoutIndex = "index.json";

    private readonly ArchiveFiles _files;

    private ImageArchive(ArchiveFiles files, IReadOnlyList<ArchivedImage> images) => (_files, Images) = (files, images);

    /// <summary>The images in it that are for this kind of machine.</summary>
    public IReadOnlyList<ArchivedImage> Images { get; }

    /// <summary>Reads what an archive has; the layers are left alone.</summary>
    /// <param name="archive">A tar file, not compressed. It stays open as long as the archive is used.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NuaException"><c>image.no-archive</c>: it is none, or something is missing in it.</exception>
    public static async Task<ImageArchive> ReadAsync(Stream archive, CancellationToken cancellation)
    {
        try
        {
            var files = await ArchiveFiles.ListAsync(archive, cancellation);
            return new ImageArchive(files, [.. DescribedIn(files).Select(saved => saved.Image(files)).OfType<ArchivedImage>()]);
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException)
        {
            throw new NuaException(ArchiveProblems.NoArchive(broken.Message), broken);
        }
    }

    /// <summary>
    /// Writes images as engines of all ages load them: what was read of them and their layers, and nothing else that the archive
    /// may have.
    /// </summary>
    /// <param name="names">The name that each gets, by its id; the others are left out.</param>
    /// <param name="target">Gets a tar stream.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task WriteAsync(IReadOnlyDictionary<string, string> names, Stream target, CancellationToken cancellation)
    {
        await using var writer = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
        var images = Images.Where(image => names.ContainsKey(image.Id)).DistinctBy(image => image.Id).ToList();
        var layers = images.SelectMany(image => image.Layers).Distinct().Select((file, number) => (file, Name: $"layer-{number}.tar")).ToDictionary();
        foreach (var (file, name) in layers)
        {
            using var content = _files.Open(file);
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content }, cancellation);
        }

        var manifests = new List<SavedManifest>();
        foreach (var image in images)
        {
            var config = $"{image.Id.Split(':')[^1]}.json";
            await WriteAsync(writer, config, image.Config, cancellation);
            manifests.Add(new SavedManifest(config, [.. image.Layers.Select(layer => layers[layer])], [names[image.Id]]));
        }

        await WriteAsync(writer, SavedManifest.File, SavedManifest.Write(manifests), cancellation);
    }

    private static IReadOnlyList<SavedManifest> DescribedIn(ArchiveFiles files)
    {
        if (files.Has(SavedManifest.File))
        {
            return SavedManifest.Read(files.Read(SavedManifest.File));
        }

        return files.Has(LayoutIndex)
            ? new LayoutReading(files).Manifests(LayoutIndex)
            : throw new InvalidDataException($"it has neither {SavedManifest.File} nor {LayoutIndex}");
    }

    private static async Task WriteAsync(TarWriter writer, string name, byte[] content, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(content);
        await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = stream }, cancellation);
    }
}
