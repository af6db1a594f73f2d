namespace Nua.Agent.Sbom.Readers;

/// <summary>Debian's packages: dpkg's list, or one file for each package in images that have no dpkg.</summary>
internal sealed class DpkgReader(Distribution? distribution) : IPackageReader
{
    private const string List = "/var/lib/dpkg/status";

    private const string Folder = "/var/lib/dpkg/status.d";

    public bool Reads(ImageFile file) =>
        file.Path == List || (file.Path.StartsWith(Folder, StringComparison.Ordinal) && !file.Name.EndsWith(".md5sums"));

    public IEnumerable<Component> Read(ImageFile file) =>
        from package in ControlFile.Parse(file.ReadText())
        where package.GetValueOrDefault("Status", "installed").EndsWith("installed", StringComparison.Ordinal)
            && !package.GetValueOrDefault("Status", "").EndsWith("not-installed", StringComparison.Ordinal)
        let name = package.GetValueOrDefault("Package", "")
        where name.Length > 0
        select ComponentOf(package, name) with { Licence = Copyright.LicenceOf(file, name) };

    private Component ComponentOf(IReadOnlyDictionary<string, string> package, string name)
    {
        var version = package.GetValueOrDefault("Version", "");
        var purl = PackageUrl.Of(
            "deb",
            distribution?.Id ?? "debian",
            name,
            version,
            ("arch", package.GetValueOrDefault("Architecture", "")),
            ("distro", distribution?.Tag ?? ""),
            ("upstream", SourceOf(package)));
        return new Component(name, version, purl);
    }

    /// <summary>Security advisories name source packages: <c>openssl</c>, or <c>openssl@3.0.11</c> where the versions differ.</summary>
    private static string SourceOf(IReadOnlyDictionary<string, string> package) =>
        package.GetValueOrDefault("Source", "").Split(' ', 2) switch
        {
            [var source, var version] => $"{source}@{version.Trim('(', ')')}",
            var source => source[0],
        };
}
