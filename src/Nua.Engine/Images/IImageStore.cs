namespace Nua.Engine.Images;

/// <summary>The images an engine holds.</summary>
public interface IImageStore
{
    /// <summary>The image of that reference or id; <see langword="null"/> when the engine has none.</summary>
    Task<Image?> FindAsync(string reference, CancellationToken cancellation);

    /// <summary>All images that carry the label, newest first; with a value, those that carry it with that value.</summary>
    Task<IReadOnlyList<Image>> ListAsync(string label, string? value, CancellationToken cancellation);

    /// <summary>Gives an image a further name.</summary>
    Task TagAsync(string reference, string name, CancellationToken cancellation);

    /// <summary>Removes the name, and the image when it was its last.</summary>
    Task RemoveAsync(string reference, CancellationToken cancellation);
}
