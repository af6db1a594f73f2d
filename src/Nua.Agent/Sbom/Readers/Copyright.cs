namespace Nua.Agent.Sbom.Readers;

/// <summary>What a Debian package's copyright file says of all its files, where it is written to be read by programs.</summary>
internal static class Copyright
{
    public static Licence? LicenceOf(ImageFile near, string package)
    {
        var file = near.Other($"/usr/share/doc/{package}/copyright");
        return file is { Exists: true, Length: > 0 and < 1 << 20 } ? Parse(file.ReadText()) : null;
    }

    public static Licence? Parse(string text)
    {
        var paragraphs = ControlFile.Parse(text).ToList();
        return paragraphs is [var head, ..] && head.GetValueOrDefault("Format", "").Contains("copyright-format", StringComparison.Ordinal)
            ? Licence.Named(paragraphs.FirstOrDefault(paragraph => paragraph.GetValueOrDefault("Files") == "*")?.GetValueOrDefault("License"))
            : null;
    }
}
