namespace Nua.Agent.Sbom.Readers;

/// <summary>
/// The lock file that a build of Rust leaves beside what it built: a program does not say by itself what it was made of, unless
/// cargo-auditable built it.
/// </summary>
internal sealed class CargoReader : IPackageReader
{
    public bool Reads(ImageFile file) => file.Name is "Cargo.lock";

    public IEnumerable<Component> Read(ImageFile file) =>
        from package in file.ReadText().ReplaceLineEndings("\n").Split("[[package]]\n").Skip(1)
        let fields = FieldsOf(package)
        // What has no source is the project itself.
        where fields.ContainsKey("source") && fields.ContainsKey("name") && fields.ContainsKey("version")
        select new Component(fields["name"], fields["version"], PackageUrl.Of("cargo", "", fields["name"], fields["version"]))
        {
            FoundAt = file.Path,
        };

    private static Dictionary<string, string> FieldsOf(string package) => package.Split('\n')
        .Select(line => line.Split(" = ", 2))
        .Where(pair => pair.Length == 2 && pair[1].StartsWith('"'))
        .GroupBy(pair => pair[0])
        .ToDictionary(same => same.Key, same => same.First()[1].Trim('"'));
}
