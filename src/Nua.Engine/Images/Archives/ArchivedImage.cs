namespace Nua.Engine.Images.Archives;

/// <summary>What an archive says of an image in it.</summary>
/// <param name="Id">Its content address: the hash of its configuration.</param>
/// <param name="Names">The names it is saved under; none when it was saved by its id.</param>
/// <param name="Labels">What was written on it.</param>
public sealed record ArchivedImage(string Id, IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Labels);
