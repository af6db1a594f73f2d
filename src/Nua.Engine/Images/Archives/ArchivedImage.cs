namespace Nua.Engine.Images.Archives;

/// <summary>What an archive says of an image in it.</summary>
/// <param name="Id">Its content address: the hash of its configuration.</param>
/// <param name="Names">The names it is saved under; none when it was saved by its id.</param>
/// <param name="Labels">What was written on it.</param>
/// <param name="CreatedAt">When it was made; <see langword="null"/>: it does not say.</param>
public sealed record ArchivedImage(
    string Id, IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Labels, DateTimeOffset? CreatedAt)
{
    /// <summary>Its configuration, byte for byte.</summary>
    internal byte[] Config { get; init; } = [];

    /// <summary>The files with its layers, the lowest first.</summary>
    internal IReadOnlyList<string> Layers { get; init; } = [];
}
