namespace Nua.Drivers.Images.Distro;

/// <summary>The distribution of this machine.</summary>
/// <param name="Id">What it calls itself: <c>debian</c>.</param>
/// <param name="Suite">The release's name: <c>bookworm</c>.</param>
/// <param name="SourceFiles">Where its packages come from, as apt is told: names and texts.</param>
internal sealed record HostDistribution(string Id, string Suite, IReadOnlyList<(string Name, string Text)> SourceFiles)
{
    private const string Apt = "/etc/apt";

    /// <summary><see langword="null"/> where packages are no Debian packages.</summary>
    public static HostDistribution? Read()
    {
        if (!File.Exists("/etc/os-release") || !Directory.Exists(Apt))
        {
            return null;
        }

        var release = File.ReadLines("/etc/os-release")
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1].Trim('"'));
        return release.TryGetValue("VERSION_CODENAME", out var suite)
            ? new HostDistribution(release.GetValueOrDefault("ID", ""), suite, [.. SourceTexts()])
            : null;
    }

    private static IEnumerable<(string Name, string Text)> SourceTexts()
    {
        var folder = Path.Combine(Apt, "sources.list.d");
        var extra = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return extra.Where(IsSources).Prepend(Path.Combine(Apt, "sources.list")).Where(File.Exists).Select(file => (file, File.ReadAllText(file)));
    }

    private static bool IsSources(string file) =>
        file.EndsWith(".list", StringComparison.Ordinal) || file.EndsWith(".sources", StringComparison.Ordinal);
}
