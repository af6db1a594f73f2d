using System.Text.Json;

namespace Nua.Agent.Sbom.Readers;

/// <summary>What npm, yarn or pnpm installed.</summary>
internal sealed class NpmReader : IPackageReader
{
    private const string Folder = "node_modules";

    public bool Reads(ImageFile file) => file.Name is "package.json" && file.Path.Split('/') is var parts && IsPackage(parts);

    public IEnumerable<Component> Read(ImageFile file)
    {
        using var document = file.ReadJson();
        var root = document.RootElement;
        if (root.Text("name") is not { Length: > 0 } name || root.Text("version") is not { Length: > 0 } version)
        {
            // Packages have such files in folders of theirs, which only say how to read the source beside them.
            return [];
        }

        var (scope, bare) = name.Split('/', 2) is [var first, var second] ? (first, second) : ("", name);
        return
        [
            new Component(name, version, PackageUrl.Of("npm", scope, bare, version)) { FoundAt = file.Path, Licence = LicenceOf(root) },
        ];
    }

    /// <summary><c>…/node_modules/name/package.json</c> or <c>…/node_modules/@scope/name/package.json</c></summary>
    private static bool IsPackage(string[] parts) =>
        parts is [.., Folder, _, _] || (parts is [.., Folder, var scope, _, _] && scope.StartsWith('@'));

    // Old packages have an object, or a list of such.
    private static Licence? LicenceOf(JsonElement root) =>
        Licence.Expression(root.Text("license") ?? root.Member("license")?.Text("type"))
        ?? Licence.AnyOf(root.Member("licenses").Elements().Select(one => one.Text("type")));
}
