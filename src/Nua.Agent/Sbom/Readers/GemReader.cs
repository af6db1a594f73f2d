namespace Nua.Agent.Sbom.Readers;

/// <summary>Ruby's gems: the specifications that RubyGems and Bundler keep of what they installed.</summary>
internal sealed class GemReader : IPackageReader
{
    private const string Stub = "# stub: ";

    public bool Reads(ImageFile file) =>
        file.Name.EndsWith(".gemspec") && (file.IsIn("/specifications") || file.IsIn("/specifications/default"));

    public IEnumerable<Component> Read(ImageFile file)
    {
        var lines = file.ReadText().Split('\n');
        var (name, version, platform) = NameIn(lines) ?? NameOf(Path.GetFileNameWithoutExtension(file.Name).ToString());
        var purl = PackageUrl.Of("gem", "", name, version, ("platform", platform == "ruby" ? "" : platform));
        yield return new Component(name, version, purl) { FoundAt = file.Path, Licence = LicenceIn(lines) };
    }

    /// <summary><c># stub: nokogiri 1.15.4 x86_64-linux lib</c>, which RubyGems writes for programs.</summary>
    private static (string Name, string Version, string Platform)? NameIn(IEnumerable<string> lines) =>
        lines.Take(5).FirstOrDefault(line => line.StartsWith(Stub, StringComparison.Ordinal))?[Stub.Length..].Split(' ') is [var name, var version, var platform, ..]
            ? (name, version, platform)
            : null;

    /// <summary><c>nokogiri-1.15.4-x86_64-linux</c>: the first part with digits and a dot is the version.</summary>
    private static (string Name, string Version, string Platform) NameOf(string file)
    {
        var parts = file.Split('-');
        var at = Array.FindIndex(parts, 1, part => char.IsAsciiDigit(part.FirstOrDefault()) && part.Contains('.'));
        at = at > 0 ? at : Array.FindLastIndex(parts, part => char.IsAsciiDigit(part.FirstOrDefault()));
        return at > 0
            ? (string.Join('-', parts[..at]), parts[at], string.Join('-', parts[(at + 1)..]))
            : throw new InvalidDataException();
    }

    /// <summary><c>s.licenses = ["MIT".freeze, "BSD-2-Clause".freeze]</c></summary>
    private static Licence? LicenceIn(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(line => line.Contains(".licenses = [", StringComparison.Ordinal));
        return line is null ? null : Licence.AnyOf(line.Split('"').Index().Where(part => part.Index % 2 == 1).Select(part => part.Item));
    }
}
