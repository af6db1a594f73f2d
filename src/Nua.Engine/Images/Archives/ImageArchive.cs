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
    /// <summary>The file by which engines find what is in an archive.</summary>
    public const string ManifestFile = "manifest.json";

    private const string LayoutIndex = "index.json";

    private ImageArchive(IReadOnlyList<ArchivedImage> images, byte[]? missingManifest) =>
        (Images, MissingManifest) = (images, missingManifest);

    /// <summary>The images in it, for this kind of machine.</summary>
    public IReadOnlyList<ArchivedImage> Images { get; }

    /// <summary>What older engines look for in <see cref="ManifestFile"/>, when it is not there.</summary>
    public byte[]? MissingManifest { get; }

    /// <summary>Reads what an archive has; the layers are left alone.</summary>
    /// <param name="archive">A tar file, not compressed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NuaException"><c>image.no-archive</c>: it is none, or something is missing in it.</exception>
    public static async Task<ImageArchive> ReadAsync(Stream archive, CancellationToken cancellation)
    {
        try
        {
            var files = await ArchiveFiles.ListAsync(archive, cancellation);
            if (files.Has(ManifestFile))
            {
                return new ImageArchive([.. SavedManifest.Read(files.Read(ManifestFile)).Select(saved => saved.Image(files))], missingManifest: null);
            }

            if (!files.Has(LayoutIndex))
            {
                throw new NuaException(ArchiveProblems.NoArchive($"it has neither {ManifestFile} nor {LayoutIndex}"));
            }

            var layout = new LayoutReading(files).Manifests(LayoutIndex).ToList();
            return new ImageArchive([.. layout.Select(saved => saved.Image(files))], SavedManifest.Write(layout));
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException)
        {
            throw new NuaException(ArchiveProblems.NoArchive(broken.Message), broken);
        }
    }

    /// <summary>Adds a file at the end of an archive.</summary>
    /// <param name="archive">A tar file, not compressed, that can be written and sought in.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task AppendAsync(Stream archive, string name, byte[] content, CancellationToken cancellation)
    {
        var files = await ArchiveFiles.ListAsync(archive, cancellation);
        archive.SetLength(files.End);
        archive.Seek(0, SeekOrigin.End);
        await using var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true);
        await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) }, cancellation);
    }
}
