namespace Nua.Agent.Sbom.Readers;

/// <summary>What a published .NET application depends on, its runtime included.</summary>
internal sealed class NuGetReader : IPackageReader
{
    private const string RuntimePack = "runtimepack.";

    public bool Reads(ImageFile file) => file.Name.EndsWith(".deps.json");

    public IEnumerable<Component> Read(ImageFile file)
    {
        using var document = file.ReadJson();
        return
        [
            .. from library in document.RootElement.Member("libraries").Members()
               where library.Value.Text("type") is "package" or "runtimepack"
               let parts = library.Name.Split('/')
               where parts.Length == 2
               let name = parts[0].StartsWith(RuntimePack, StringComparison.Ordinal) ? parts[0][RuntimePack.Length..] : parts[0]
               select new Component(name, parts[1], PackageUrl.Of("nuget", "", name, parts[1])) { FoundAt = file.Path },
        ];
    }
}
