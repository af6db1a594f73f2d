namespace Nua.Engine.Images;

/// <summary>The images an engine holds.</summary>
public interface IImageStore
{
    /// <summary>The image of that reference or id; <see langword="null"/> when the engine has none.</summary>
    Task<Image?> FindAsync(string reference, CancellationToken cancellation);

    /// <summary>All images that carry the label, newest first; with a value, those that carry it with that value.</summary>
    Task<IReadOnlyList<Image>> ListAsync(string label, string? value, CancellationToken cancellation);

    /// <summary>The image of that reference or id as it was made; <see langword="null"/> when the engine has none.</summary>
    Task<ImageDetail?> InspectAsync(string reference, CancellationToken cancellation);

    /// <summary>
    /// A file out of an image, without running anything of it; <see langword="null"/> when it has none there.
    /// </summary>
    /// <param name="reference">The image.</param>
    /// <param name="path">Where the file is in it.</param>
    /// <param name="mostBytes">A larger one is not read: <c>image.file-too-large</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<byte[]?> ReadFileAsync(string reference, string path, long mostBytes, CancellationToken cancellation);

    /// <summary>The ids of the images that some container was made of, whoever made it and whether or not it runs.</summary>
    Task<IReadOnlySet<string>> InUseAsync(CancellationToken cancellation);

    /// <summary>Removes what reading files left behind when it was killed; answers with the names of what is gone.</summary>
    Task<IReadOnlyList<string>> RemoveLeftoversAsync(CancellationToken cancellation);

    /// <summary>Takes the images of an archive (<see cref="Archives.ImageArchive"/>); names in it go to them.</summary>
    /// <exception cref="Core.Problems.NuaException"><c>image.not-loaded</c></exception>
    Task LoadAsync(Stream archive, CancellationToken cancellation);

    /// <summary>One archive of images, with the names they are given by, to be read to its end and disposed of.</summary>
    Task<Stream> SaveAsync(IReadOnlyList<string> references, CancellationToken cancellation);

    /// <summary>Gives an image a further name.</summary>
    Task TagAsync(string reference, string name, CancellationToken cancellation);

    /// <summary>Removes the name, and the image when it was its last.</summary>
    Task RemoveAsync(string reference, CancellationToken cancellation);
}
