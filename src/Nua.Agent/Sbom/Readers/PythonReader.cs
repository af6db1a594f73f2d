namespace Nua.Agent.Sbom.Readers;

/// <summary>What pip, or Debian, installed for Python (core metadata specification).</summary>
internal sealed class PythonReader : IPackageReader
{
    private const string Classifier = "Classifier: License ::";

    public bool Reads(ImageFile file) =>
        (file.Name is "METADATA" && file.IsIn(".dist-info"))
        || (file.Name is "PKG-INFO" && file.IsIn(".egg-info"))
        // Debian makes of the folder a file.
        || file.Name.EndsWith(".egg-info");

    public IEnumerable<Component> Read(ImageFile file)
    {
        // The description comes after the first empty line, and may look like fields.
        var text = file.ReadText().ReplaceLineEndings("\n").Split("\n\n", 2)[0];
        var fields = ControlFile.Parse(text).FirstOrDefault() ?? throw new InvalidDataException();
        if (fields.GetValueOrDefault("Name") is not { Length: > 0 } name)
        {
            throw new InvalidDataException();
        }

        var version = fields.GetValueOrDefault("Version", "");
        yield return new Component(name, version, PackageUrl.Of("pypi", "", name.ToLowerInvariant().Replace('_', '-'), version))
        {
            FoundAt = file.Path,
            Licence = Licence.Expression(fields.GetValueOrDefault("License-Expression"))
                ?? Licence.Named(fields.GetValueOrDefault("License"))
                ?? Licence.Named(Classified(text)),
        };
    }

    /// <summary><c>Classifier: License :: OSI Approved :: MIT License</c></summary>
    private static string? Classified(string text) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith(Classifier, StringComparison.OrdinalIgnoreCase))?.Split("::")[^1];
}
