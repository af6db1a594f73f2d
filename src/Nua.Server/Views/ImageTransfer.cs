using System.IO.Compression;
using System.Text.Json;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Images.Archives;

namespace Nua.Server.Views;

/// <summary>Brings images from one server to another as files, where there is no registry.</summary>
/// <param name="seams">The engine's.</param>
/// <param name="desk">Where images are asked for.</param>
/// <param name="scratch">Where an archive lies while it is looked at; what is there when a server starts is removed.</param>
internal sealed class ImageTransfer(EngineSeams seams, ImageDesk desk, string scratch)
{
    /// <summary>What is taken of one archive.</summary>
    public const long MostBytes = 50_000_000_000;

    /// <summary>The first bytes of what gzip made (RFC 1952, 2.3.1).</summary>
    private static readonly byte[] GzipMagic = [0x1f, 0x8b];

    /// <summary>Takes the images of an archive, which may be compressed by gzip; the same again changes nothing.</summary>
    /// <exception cref="NuaException"><c>image.no-archive</c>, <c>image.not-of-nua</c>, <c>image.archive-…</c>, <c>image.not-loaded</c></exception>
    public async Task<ImageList> LoadAsync(Stream body, CancellationToken cancellation)
    {
        await using var file = await ReceiveAsync(body, cancellation);
        var archive = await ImageArchive.ReadAsync(file, cancellation);
        RefuseForeign(archive);
        if (archive.MissingManifest is { } manifest)
        {
            await ImageArchive.AppendAsync(file, ImageArchive.ManifestFile, manifest, cancellation);
        }

        file.Seek(0, SeekOrigin.Begin);
        await seams.ImageStore.LoadAsync(file, cancellation);
        var names = new List<string>();
        foreach (var image in archive.Images)
        {
            names.Add(await NameAsync(image, cancellation));
        }

        return await desk.ListAsync(names, cancellation);
    }

    /// <summary>An archive of an image and of its sub-applications' images, with their names.</summary>
    /// <exception cref="NuaException"><c>deploy.no-image</c></exception>
    public async Task<Stream> SaveAsync(string name, CancellationToken cancellation)
    {
        var image = await desk.ImageAsync(name, cancellation);
        var references = new List<string> { image.Reference };
        foreach (var part in PartsOf(image))
        {
            var (reference, id) = (part[..part.LastIndexOf('@')], part[(part.LastIndexOf('@') + 1)..]);
            var named = await seams.ImageStore.FindAsync(reference, cancellation);
            references.Add(named?.Id == id ? reference : id);
        }

        return await seams.ImageStore.SaveAsync(references, cancellation);
    }

    private static IEnumerable<string> PartsOf(Image image) => image.Labels.TryGetValue(ImageLabels.SubApplications, out var parts)
        ? JsonDocument.Parse(parts).RootElement.EnumerateObject().Select(part => part.Value.GetString()!)
        : [];

    // What was saved by its id gets the name it was built for, unless something newer has it.
    private async Task<string> NameAsync(ArchivedImage image, CancellationToken cancellation)
    {
        if (image.Names is [var name, ..])
        {
            return name;
        }

        if (ImageViews.PackageOf(image.Labels)?.Metadata.ImageReference is { } reference
            && !image.Labels.ContainsKey(ImageLabels.PartOf)
            && await seams.ImageStore.FindAsync(reference, cancellation) is null)
        {
            await seams.ImageStore.TagAsync(image.Id, reference, cancellation);
            return reference;
        }

        return image.Id;
    }

    private static void RefuseForeign(ImageArchive archive)
    {
        var foreign = archive.Images.Where(image => !image.Labels.ContainsKey(ImageLabels.App)).ToList();
        if (foreign.Count > 0 || archive.Images.Count == 0)
        {
            throw new NuaException(ArchiveProblems.NotOfNua([.. foreign.Select(image => image.Names is [var name, ..] ? name : image.Id)]));
        }
    }

    private async Task<FileStream> ReceiveAsync(Stream body, CancellationToken cancellation)
    {
        var sent = await KeepAsync(body, cancellation);
        if (!StartsWithGzip(sent))
        {
            return sent;
        }

        await using var compressed = new GZipStream(sent, CompressionMode.Decompress);
        return await KeepAsync(compressed, cancellation);
    }

    private static bool StartsWithGzip(FileStream file)
    {
        var start = new byte[GzipMagic.Length];
        file.Seek(0, SeekOrigin.Begin);
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Seek(0, SeekOrigin.Begin);
        return start.AsSpan(0, read).SequenceEqual(GzipMagic);
    }

    /// <summary>Writes what comes to a file that is gone when it is closed.</summary>
    private async Task<FileStream> KeepAsync(Stream content, CancellationToken cancellation)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(
                Path.Combine(Directory.CreateDirectory(scratch).FullName, $"image-{Guid.NewGuid():N}.tar"),
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                1 << 16,
                FileOptions.Asynchronous | FileOptions.DeleteOnClose);
            await CopyAsync(content, file, cancellation);
            return file;
        }
        catch (Exception failure)
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw failure switch
            {
                InvalidDataException broken => new NuaException(ArchiveProblems.NoArchive(broken.Message), broken),
                IOException and not BadHttpRequestException => new NuaException(ArchiveProblems.NotKept(failure.Message), failure),
                _ => failure,
            };
        }
    }

    private static async Task CopyAsync(Stream from, FileStream file, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0;)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (file.Position > MostBytes)
            {
                throw new NuaException(ArchiveProblems.TooLarge(MostBytes));
            }
        }
    }
}
