using System.Text.RegularExpressions;

namespace Nua.Drivers.Images.Distro;

/// <summary>One line of <c>sources.list</c>.</summary>
/// <param name="Address">The archive.</param>
/// <param name="Suite">Such as <c>bookworm-updates</c>.</param>
/// <param name="Components">Such as <c>main</c>.</param>
/// <param name="Keyring">The file with the keys it must be signed by; <see langword="null"/>: any that the machine trusts.</param>
internal sealed record AptSource(string Address, string Suite, IReadOnlyList<string> Components, string? Keyring)
{
    /// <summary>Where else its archive is: <c>{archive}</c> stands for the last part of its own address.</summary>
    public string AddressIn(string template) =>
        template.TrimEnd('/').Replace("{archive}", Address[(Address.LastIndexOf('/') + 1)..], StringComparison.Ordinal);

    public override string ToString() =>
        $"deb {(Keyring is null ? "" : $"[signed-by={Keyring}] ")}{Address} {Suite} {string.Join(' ', Components)}";
}

/// <summary>Reads where a machine gets its packages from: of all it is told, the distribution itself.</summary>
internal static partial class AptSources
{
    /// <param name="files">The names and the texts of the machine's sources.</param>
    /// <param name="hostSuite">The machine's release.</param>
    /// <param name="suite">The release that is wanted from the same archives.</param>
    public static IReadOnlyList<AptSource> Read(IEnumerable<(string Name, string Text)> files, string hostSuite, string suite) =>
    [
        .. files
            .SelectMany(file => file.Name.EndsWith(".sources", StringComparison.Ordinal) ? Stanzas(file.Text) : Lines(file.Text))
            .Where(source => source.Keyring is null || ArchiveKeyring.IsMatch(source.Keyring))
            .GroupBy(source => (source.Address, source.Suite))
            .Select(Merge)
            .Where(source => IsOfDistribution(source, hostSuite))
            .Select(source => source with { Suite = suite + source.Suite[hostSuite.Length..] }),
    ];

    // Ubuntu names an archive's components in as many lines.
    private static AptSource Merge(IEnumerable<AptSource> lines)
    {
        var all = lines.ToList();
        return all[0] with { Components = [.. all.SelectMany(source => source.Components).Distinct()] };
    }

    // Others use the release's name too, but neither its components nor its keys.
    private static bool IsOfDistribution(AptSource source, string suite) =>
        (source.Suite == suite || source.Suite == $"{suite}-updates" || source.Suite == $"{suite}-security")
        && source.Components.Contains("main");

    private static IEnumerable<AptSource> Lines(string text) =>
        from line in text.Split('\n')
        let match = OneLine.Match(line)
        where match.Success
        select new AptSource(
            match.Groups["address"].Value.TrimEnd('/'),
            match.Groups["suite"].Value,
            Words(match.Groups["components"].Value),
            SignedBy.Match(match.Groups["options"].Value) is { Success: true } keyring ? keyring.Groups["file"].Value : null);

    private static IEnumerable<AptSource> Stanzas(string text) =>
        from stanza in BlankLine.Split(text)
        let fields = Fields(stanza)
        where Words(fields.GetValueOrDefault("types", "")).Contains("deb")
            && fields.GetValueOrDefault("enabled", "yes") != "no"
        from address in Words(fields.GetValueOrDefault("uris", ""))
        from suite in Words(fields.GetValueOrDefault("suites", ""))
        select new AptSource(
            address.TrimEnd('/'),
            suite,
            Words(fields.GetValueOrDefault("components", "")),
            fields.GetValueOrDefault("signed-by") is { } keyring && keyring.StartsWith('/') ? keyring : null);

    private static Dictionary<string, string> Fields(string stanza) =>
        stanza.Split('\n')
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim().ToLowerInvariant())
            .ToDictionary(field => field.Key, field => field.Last()[1].Trim());

    private static string[] Words(string text) => text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^\s*deb\s+(\[(?<options>[^\]]*)\]\s+)?(?<address>\S+)\s+(?<suite>\S+)\s+(?<components>[^#]+)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OneLine { get; }

    [GeneratedRegex(@"signed-by=(?<file>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignedBy { get; }

    [GeneratedRegex(@"\n\s*\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlankLine { get; }

    [GeneratedRegex("/(debian|ubuntu)-archive-[^/]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArchiveKeyring { get; }
}
