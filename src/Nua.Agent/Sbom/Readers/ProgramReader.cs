namespace Nua.Agent.Sbom.Readers;

/// <summary>Programs that carry a list of what they were made of: all that Go built, and what cargo-auditable built.</summary>
internal sealed class ProgramReader : IPackageReader
{
    /// <summary>Neither Go nor Rust makes smaller ones.</summary>
    private const long Smallest = 100_000;

    // A program's name has no ending, but may have a version in it.
    public bool Reads(ImageFile file) =>
        !(file.Name.LastIndexOf('.') is > 0 and var dot && char.IsAsciiLetter(file.Name[^1]) && !file.Name[(dot + 1)..].ContainsAnyInRange('0', '9'))
        && file.Length >= Smallest;

    public IEnumerable<Component> Read(ImageFile file)
    {
        using var program = file.Open();
        var sections = ElfSections.Read(program, GoBuildInfo.Section, RustAudit.Section);
        var found = new List<Component>();
        if (sections.TryGetValue(GoBuildInfo.Section, out var go))
        {
            found.AddRange(GoBuildInfo.Parse(go));
        }

        if (sections.TryGetValue(RustAudit.Section, out var rust))
        {
            found.AddRange(RustAudit.Parse(rust));
        }

        return found.Select(component => component with { FoundAt = file.Path });
    }
}
