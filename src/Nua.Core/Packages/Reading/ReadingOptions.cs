namespace Nua.Core.Packages.Reading;

/// <summary>How a file is read.</summary>
/// <param name="Strict">Whether what is probably a mistake, such as a key nothing reads, is an error.</param>
public sealed record ReadingOptions(bool Strict = false);
