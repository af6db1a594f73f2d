using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nua.Agent.Sbom;

/// <summary>Writes a bill as CycloneDX 1.6 in JSON, without what would make equal bills differ: no serial number, no time.</summary>
internal sealed class CycloneDx : IDisposable
{
    private const string Schema = "http://cyclonedx.org/schema/bom-1.6.schema.json";

    private const string AppReference = "app";

    private readonly Utf8JsonWriter _json;

    private CycloneDx(Stream output) => _json = new Utf8JsonWriter(
        output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static void Write(Bill bill, Stream output)
    {
        using var writer = new CycloneDx(output);
        writer.Write(bill);
    }

    public void Dispose() => _json.Dispose();

    private void Write(Bill bill)
    {
        _json.WriteStartObject();
        _json.WriteString("$schema", Schema);
        _json.WriteString("bomFormat", "CycloneDX");
        _json.WriteString("specVersion", "1.6");
        _json.WriteNumber("version", 1);
        WriteMetadata(bill);
        _json.WriteStartArray("components");
        if (bill.Distribution is { } distribution)
        {
            WriteDistribution(distribution);
        }

        foreach (var (component, foundAt) in bill.Components)
        {
            WriteComponent(component, foundAt);
        }

        _json.WriteEndArray();
        WriteCompleteness(bill);
        _json.WriteEndObject();
    }

    private void WriteMetadata(Bill bill)
    {
        _json.WriteStartObject("metadata");
        _json.WriteStartObject("tools");
        _json.WriteStartArray("components");
        _json.WriteStartObject();
        _json.WriteString("type", "application");
        _json.WriteString("name", "nua-agent");
        _json.WriteString("version", Say.VersionNumber);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();

        _json.WriteStartObject("component");
        _json.WriteString("type", "container");
        _json.WriteString("bom-ref", AppReference);
        _json.WriteString("name", bill.App?.Id ?? "image");
        WriteUnlessEmpty("version", bill.App?.Version);
        WriteUnlessEmpty("description", bill.App?.Title);
        _json.WriteEndObject();
        WriteUnread(bill.Unread);
        _json.WriteEndObject();
    }

    private void WriteUnread(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("properties");
        foreach (var path in paths)
        {
            _json.WriteStartObject();
            _json.WriteString("name", "nua:unread");
            _json.WriteString("value", path);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteDistribution(Distribution distribution)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "operating-system");
        _json.WriteString("bom-ref", $"os:{distribution.Tag}");
        _json.WriteString("name", distribution.Id);
        WriteUnlessEmpty("version", distribution.Version);
        _json.WriteString("description", distribution.Title);
        _json.WriteEndObject();
    }

    private void WriteComponent(Component component, IReadOnlyList<string> foundAt)
    {
        _json.WriteStartObject();
        _json.WriteString("type", "library");
        _json.WriteString("bom-ref", component.Purl);
        _json.WriteString("name", component.Name);
        WriteUnlessEmpty("version", component.Version);
        WriteLicence(component.Licence);
        _json.WriteString("purl", component.Purl);
        WritePlaces(foundAt);
        _json.WriteEndObject();
    }

    private void WriteLicence(Licence? licence)
    {
        if (licence is null)
        {
            return;
        }

        _json.WriteStartArray("licenses");
        _json.WriteStartObject();
        if (licence.IsExpression)
        {
            _json.WriteString("expression", licence.Text);
        }
        else
        {
            _json.WriteStartObject("license");
            _json.WriteString("name", licence.Text);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WritePlaces(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            return;
        }

        _json.WriteStartObject("evidence");
        _json.WriteStartArray("occurrences");
        foreach (var path in paths)
        {
            _json.WriteStartObject();
            _json.WriteString("location", path);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteCompleteness(Bill bill)
    {
        if (bill.IsComplete && bill.Unread.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("compositions");
        _json.WriteStartObject();
        _json.WriteString("aggregate", "incomplete");
        _json.WriteStartArray("assemblies");
        _json.WriteStringValue(AppReference);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteUnlessEmpty(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _json.WriteString(name, value);
        }
    }
}
