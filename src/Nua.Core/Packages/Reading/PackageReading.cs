namespace Nua.Core.Packages.Reading;

/// <summary>What came of reading a file.</summary>
/// <param name="Package"><see langword="null"/> when one of the findings is an error.</param>
/// <param name="Findings">Errors, warnings and old spellings, in the order of the file.</param>
public sealed record PackageReading(Package? Package, IReadOnlyList<Finding> Findings);
