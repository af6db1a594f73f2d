namespace Nua.Agent.Sbom;

/// <summary>The distribution an image is made of (os-release(5)).</summary>
/// <param name="Id"><c>debian</c>.</param>
/// <param name="Version"><c>12</c>; empty when it has none.</param>
/// <param name="Title"><c>Debian GNU/Linux 12 (bookworm)</c>.</param>
internal sealed record Distribution(string Id, string Version, string Title)
{
    public const string File = "/etc/os-release";

    private const string Vendors = "/usr/lib/os-release";

    /// <summary>As package URLs name it: <c>debian-12</c>.</summary>
    public string Tag => Version.Length > 0 ? $"{Id}-{Version}" : Id;

    public static Distribution? Read(ImageFile file)
    {
        // The first is a link, and in an image without it the vendor's own is there.
        var present = file.Exists ? file : file.Other(Vendors);
        return present.Exists ? Parse(present.ReadText()) : null;
    }

    public static Distribution? Parse(string text)
    {
        var lines = text.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2);
        var fields = lines.GroupBy(pair => pair[0].Trim()).ToDictionary(same => same.Key, same => same.Last()[1].Trim().Trim('"', '\''));
        return fields.GetValueOrDefault("ID") is { Length: > 0 } id
            ? new Distribution(id, fields.GetValueOrDefault("VERSION_ID", ""), fields.GetValueOrDefault("PRETTY_NAME", id))
            : null;
    }
}
