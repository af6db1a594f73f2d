using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nua.Core.Packages.Reading;

namespace Nua.Core.Packages;

/// <summary>
/// Writes the JSON Schema of nua-config for editors. It is made from what the reader asks for, so the two cannot differ;
/// the descriptions are the comments of <see cref="ExampleConfig"/>.
/// </summary>
public static class PackageSchema
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            writer.WriteString("title", "nua-config");
            new Writer(writer).Table("", PackageReader.Describe().Keys);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>
    /// What the example says of a key. One that stands in several places, such as a provider's <c>[build]</c>, is explained
    /// where it stands first, so the path is shortened from the left until something is found.
    /// </summary>
    internal static string? DescriptionOf(string path)
    {
        for (var rest = path; rest.Length > 0; rest = rest.Contains('.') ? rest[(rest.IndexOf('.') + 1)..] : "")
        {
            if ((ExampleConfig.Comments.GetValueOrDefault(rest) ?? ExampleConfig.Comments.GetValueOrDefault($"{rest}.*")) is { } comment)
            {
                return comment;
            }
        }

        // A table that says where a value comes from may stand for a port, too.
        return ExampleConfig.Comments.GetValueOrDefault($"env.*.{path[(path.LastIndexOf('.') + 1)..]}");
    }

    private sealed class Writer(Utf8JsonWriter json)
    {
        public void Table(string path, TableShape table)
        {
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var (key, shape) in table.Keys)
            {
                Property(path.Length == 0 ? key : $"{path}.{key}", key, shape.Shape);
            }

            foreach (var (key, now) in OldSpellings.KeysIn(path))
            {
                OldKey(key, now);
            }

            json.WriteEndObject();
            Words("required", table.Keys.Where(key => key.Value.Required).Select(key => key.Key));

            // 'src_url' is 'src-url': a key with an underscore is let pass, whatever it is.
            json.WriteStartObject("patternProperties");
            json.WriteStartObject("_");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteBoolean("additionalProperties", false);
        }

        private void Property(string path, string key, Shape shape)
        {
            json.WriteStartObject(key);
            if (DescriptionOf(path) is { } description)
            {
                json.WriteString("description", description);
            }

            Write(path, shape);
            json.WriteEndObject();
        }

        private void OldKey(string key, string now)
        {
            json.WriteStartObject(key);
            json.WriteString("description", $"Old spelling of {now}.");
            json.WriteBoolean("deprecated", true);
            json.WriteEndObject();
        }

        private void Write(string path, Shape shape)
        {
            switch (shape)
            {
                case Shape.Table table:
                    Table(path, table.Keys);
                    break;
                case Shape.ListOf list:
                    json.WriteString("type", "array");
                    Inner("items", $"{path}[]", list.Item);
                    break;
                case Shape.MapOf map:
                    json.WriteString("type", "object");
                    Inner("additionalProperties", $"{path}.*", map.Value);
                    break;
                case Shape.Either either:
                    json.WriteStartArray("anyOf");
                    Alternative(path, either.One);
                    Alternative(path, either.Other);
                    json.WriteEndArray();
                    break;
                default:
                    Single(path, shape);
                    break;
            }
        }

        private void Single(string path, Shape shape)
        {
            switch (shape)
            {
                case Shape.Text:
                    Words("type", ["string", "number", "boolean"]);
                    break;
                case Shape.OneOrMore:
                    Words("type", ["string", "number", "boolean", "array"]);
                    Inner("items", path, new Shape.Text());
                    break;
                case Shape.Integer integer:
                    Words("type", ["integer", "string"]);
                    json.WriteNumber("minimum", integer.Least);
                    json.WriteNumber("maximum", integer.Most);
                    json.WriteString("pattern", "^[0-9]+$");
                    break;
                case Shape.Duration:
                    Words("type", ["number", "string"]);
                    break;
                case Shape.Flag:
                    Words("type", ["boolean", "string"]);
                    json.WriteString("pattern", "^(true|false)$");
                    break;
                case Shape.Choice choice:
                    Words("enum", choice.Words);
                    break;
            }
        }

        private void Inner(string key, string path, Shape shape)
        {
            json.WriteStartObject(key);
            Write(path, shape);
            json.WriteEndObject();
        }

        private void Alternative(string path, Shape shape)
        {
            json.WriteStartObject();
            Write(path, shape);
            json.WriteEndObject();
        }

        private void Words(string key, IEnumerable<string> words)
        {
            json.WriteStartArray(key);
            foreach (var word in words)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
        }
    }
}
