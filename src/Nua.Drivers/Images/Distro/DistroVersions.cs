namespace Nua.Drivers.Images.Distro;

/// <summary>Which versions of a server the distribution's releases have, as their package lists say.</summary>
public static class DistroVersions
{
    private static readonly Dictionary<string, string> PostgresBySuite = new()
    {
        ["bullseye"] = "13",
        ["bookworm"] = "15",
        ["trixie"] = "17",
        ["jammy"] = "14",
        ["noble"] = "16",
    };

    /// <param name="suite">The release; <see langword="null"/>: this machine's.</param>
    public static IReadOnlyList<string> OfPostgres(string? suite) =>
        (suite ?? HostDistribution.Read()?.Suite) is { } release && PostgresBySuite.TryGetValue(release, out var version) ? [version] : [];
}
