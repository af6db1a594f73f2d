namespace Nua.Agent.Sbom.Readers;

/// <summary>Alpine's packages.</summary>
internal sealed class ApkReader(Distribution? distribution) : IPackageReader
{
    public bool Reads(ImageFile file) => file.Path is "/lib/apk/db/installed" or "/usr/lib/apk/db/installed";

    public IEnumerable<Component> Read(ImageFile file) =>
        from package in file.ReadText().Split("\n\n")
        let fields = package.Split('\n').Where(line => line is [_, ':', ..]).ToLookup(line => line[0], line => line[2..])
        where fields['P'].Any() && fields['V'].Any()
        select ComponentOf(fields['P'].First(), fields['V'].First(), fields['A'].FirstOrDefault(""), fields['o'].FirstOrDefault("")) with
        {
            Licence = Licence.Expression(fields['L'].FirstOrDefault()),
        };

    private Component ComponentOf(string name, string version, string architecture, string origin) => new(
        name,
        version,
        PackageUrl.Of(
            "apk",
            distribution?.Id ?? "alpine",
            name,
            version,
            ("arch", architecture),
            ("distro", distribution?.Tag ?? ""),
            ("upstream", origin == name ? "" : origin)));
}
