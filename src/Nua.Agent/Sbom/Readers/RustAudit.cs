using System.IO.Compression;
using System.Text.Json;

namespace Nua.Agent.Sbom.Readers;

/// <summary>What cargo-auditable writes into a program: a compressed list of its crates.</summary>
internal static class RustAudit
{
    public const string Section = ".dep-v0";

    private const long LongestList = 8 << 20;

    public static IEnumerable<Component> Parse(byte[] section)
    {
        using var packed = new ZLibStream(new MemoryStream(section), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(BoundedRead.All(packed, LongestList));
        return
        [
            .. from package in document.RootElement.Member("packages").Elements()
               let name = package.Text("name")
               let version = package.Text("version")
               // What only builds is not in the program; what is local is the project itself.
               where name is not null && version is not null && package.Text("kind") is not "build" && package.Text("source") is not "local"
               select new Component(name, version, PackageUrl.Of("cargo", "", name, version)),
        ];
    }
}
