namespace Nua.Agent.Sbom.Readers;

/// <summary>What Composer installed for PHP.</summary>
internal sealed class ComposerReader : IPackageReader
{
    public bool Reads(ImageFile file) => file.Name is "installed.json" && file.IsIn("/composer");

    public IEnumerable<Component> Read(ImageFile file)
    {
        using var document = file.ReadJson();

        // Composer 1 wrote the list alone.
        var packages = document.RootElement.Member("packages") ?? document.RootElement;
        return
        [
            .. from package in JsonText.Elements(packages)
               let name = package.Text("name")
               where name?.Split('/') is [_, _]
               let version = package.Text("version") ?? ""
               select new Component(name, version, UrlOf(name.ToLowerInvariant().Split('/'), version))
               {
                   FoundAt = file.Path,
                   Licence = Licence.AnyOf(package.Member("license").Elements().Select(one => one.ToString())),
               },
        ];
    }

    private static string UrlOf(string[] name, string version) => PackageUrl.Of("composer", name[0], name[1], version);
}
