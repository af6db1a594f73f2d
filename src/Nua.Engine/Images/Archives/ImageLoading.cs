using System.IO.Pipelines;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;

namespace Nua.Engine.Images.Archives;

/// <summary>
/// Takes images that Nua built out of an archive. Each gets the name it was built for and no other: an archive takes nobody's.
/// </summary>
public sealed class ImageLoading(IImageStore store)
{
    /// <param name="archive">A tar file, not compressed.</param>
    /// <param name="replace">Whether a newer image here may lose its name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The names of the images.</returns>
    /// <exception cref="NuaException">
    /// <c>image.no-archive</c>, <c>image.not-of-nua</c>, <c>image.newer-here</c>: nothing was taken; <c>image.not-loaded</c>
    /// </exception>
    public async Task<IReadOnlyList<string>> LoadAsync(Stream archive, bool replace, CancellationToken cancellation)
    {
        var read = await ImageArchive.ReadAsync(archive, cancellation);
        var names = NamesOf(read.Images);
        foreach (var image in read.Images.Where(_ => !replace))
        {
            await RefuseOlderAsync(image, names[image.Id], cancellation);
        }

        await SendAsync(read, names, cancellation);
        return [.. names.Values];
    }

    private static Dictionary<string, string> NamesOf(IReadOnlyList<ArchivedImage> images)
    {
        var names = images.DistinctBy(image => image.Id).Select(image => (image.Id, Name: NameOf(image), Said: image.Names.FirstOrDefault(image.Id))).ToList();
        return names.Count > 0 && names.TrueForAll(image => image.Name is not null)
            ? names.ToDictionary(image => image.Id, image => image.Name!)
            : throw new NuaException(ArchiveProblems.NotOfNua([.. names.Where(image => image.Name is null).Select(image => image.Said)]));
    }

    /// <summary>The name that an image was built for; <see langword="null"/>: it is none of Nua's.</summary>
    private static string? NameOf(ArchivedImage image)
    {
        try
        {
            return image.Labels.GetValueOrDefault(ImageLabels.Config) is { } config
                && PackageReader.Read("nua-config.json", config).Metadata is var metadata
                && image.Labels.GetValueOrDefault(ImageLabels.App) == metadata.Id
                    ? metadata.ImageReference
                    : null;
        }
        catch (PackageException)
        {
            return null;
        }
    }

    private async Task RefuseOlderAsync(ArchivedImage image, string name, CancellationToken cancellation)
    {
        if (await store.FindAsync(name, cancellation) is { } here && here.Id != image.Id && !(here.CreatedAt < image.CreatedAt))
        {
            throw new NuaException(ArchiveProblems.NewerHere(name));
        }
    }

    private async Task SendAsync(ImageArchive read, Dictionary<string, string> names, CancellationToken cancellation)
    {
        var pipe = new Pipe();
        var writing = WriteAsync(read, names, pipe.Writer, cancellation);
        try
        {
            await using var content = pipe.Reader.AsStream();
            await store.LoadAsync(content, cancellation);
        }
        catch (Exception) when (writing.IsFaulted)
        {
            // Why the engine got no more of it.
            await writing;
            throw;
        }

        await writing;
    }

    private static async Task WriteAsync(ImageArchive read, Dictionary<string, string> names, PipeWriter writer, CancellationToken cancellation)
    {
        try
        {
            await using var target = writer.AsStream(leaveOpen: true);
            await read.WriteAsync(names, target, cancellation);
            await writer.CompleteAsync();
        }
        catch (Exception failure)
        {
            await writer.CompleteAsync(failure);
            throw;
        }
    }
}
