using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nua.Core.Packages;
using Nua.Engine.Images;

namespace Nua.Engine.Build;

/// <summary>
/// What is written on an image: Nua's labels, and those of the OCI image specification (annotations.md). None says when it
/// was built, so that equal inputs make equal images.
/// </summary>
internal static class BuildLabels
{
    private const string Oci = "org.opencontainers.image.";

    public static IReadOnlyDictionary<string, string> Of(Package package, string config)
    {
        var metadata = package.Metadata;
        var labels = new Dictionary<string, string?>
        {
            [ImageLabels.App] = metadata.Id,
            [ImageLabels.Config] = OnOneLine(config),
            [Oci + "title"] = metadata.Title,
            [Oci + "version"] = metadata.ImageTag,
            [Oci + "authors"] = metadata.Author,
            [Oci + "description"] = metadata.Tagline ?? metadata.Description,
            [Oci + "licenses"] = package.Build.License,
            [Oci + "url"] = metadata.Website,
        };
        return labels.Where(label => label.Value is { Length: > 0 }).ToDictionary(label => label.Key, label => label.Value!);
    }

    private static string OnOneLine(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.RootElement.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
