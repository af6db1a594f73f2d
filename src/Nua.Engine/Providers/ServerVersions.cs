namespace Nua.Engine.Providers;

/// <summary>Which versions of a server there are, and where.</summary>
/// <param name="BySuite">The version that each release of Debian or Ubuntu carries, by the release's name.</param>
public sealed record ServerVersions(IReadOnlyDictionary<string, string> BySuite)
{
    /// <summary>The maintained versions on the public registry, newest first; empty when its image is made of packages wherever it is from.</summary>
    public IReadOnlyList<string> OnRegistry { get; init; } = [];

    /// <summary>What those releases carry, in their order.</summary>
    public IReadOnlyList<string> In(IEnumerable<string> suites) => [.. suites.Select(BySuite.GetValueOrDefault).OfType<string>().Distinct()];

    /// <summary>The releases that carry the version.</summary>
    public IReadOnlyList<string> SuitesOf(string version) =>
        [.. BySuite.Where(release => release.Value == version).Select(release => release.Key).Order(StringComparer.Ordinal)];
}
