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
            writer.WriteString("type", "object");
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
            json.WriteStartObject("properties");
            foreach (var (key, shape) in table.Keys)
            {
                foreach (var spelled in SpellingsOf(key))
                {
                    Property(path.Length == 0 ? key : $"{path}.{key}", spelled, shape);
                }
            }

            foreach (var (key, now) in OldSpellings.KeysIn(path).Where(old => !table.Keys.ContainsKey(old.Key)))
            {
                SpellingsOf(key).ToList().ForEach(spelled => OldKey(spelled, now));
            }

            json.WriteEndObject();
            Words("required", table.Keys.Where(key => key.Value.Required).Select(key => key.Key));
            json.WriteBoolean("additionalProperties", false);
        }

        /// <summary>As we write it first, then with dashes and with underscores.</summary>
        private static IEnumerable<string> SpellingsOf(string key) =>
            new[] { key, key.Replace('_', '-'), key.Replace('-', '_') }.Distinct();

        /// <summary>In the normal form what nobody said is <c>null</c>.</summary>
        private void Property(string path, string key, KeyShape shape)
        {
            json.WriteStartObject(key);
            if (DescriptionOf(path) is { } description)
            {
                json.WriteString("description", description);
            }

            Write(path, shape.Shape, mayBeNull: !shape.Required);
            json.WriteEndObject();
        }

        private void OldKey(string key, string now)
        {
            json.WriteStartObject(key);
            json.WriteString("description", $"Old spelling of {now}.");
            json.WriteBoolean("deprecated", true);
            json.WriteEndObject();
        }

        private void Write(string path, Shape shape, bool mayBeNull = false)
        {
            switch (shape)
            {
                case Shape.Table table:
                    Types(mayBeNull, "object");
                    Table(path, table.Keys);
                    break;
                case Shape.ListOf list:
                    Types(mayBeNull, "array");
                    Inner("items", $"{path}[]", list.Item);
                    break;
                case Shape.MapOf map:
                    Map(path, map, mayBeNull);
                    break;
                case Shape.Either either:
                    Alternatives(path, either, mayBeNull);
                    break;
                default:
                    Single(path, shape, mayBeNull);
                    break;
            }
        }

        private void Map(string path, Shape.MapOf map, bool mayBeNull)
        {
            Types(mayBeNull, OldSpellings.MayBeAList(path) ? ["object", "array"] : ["object"]);
            Inner("additionalProperties", $"{path}.*", map.Value);
        }

        private void Alternatives(string path, Shape.Either either, bool mayBeNull)
        {
            json.WriteStartArray("anyOf");
            Alternative(path, either.One, mayBeNull);
            Alternative(path, either.Other, mayBeNull: false);
            if (OldSpellings.WordsAt(path).ToArray() is { Length: > 0 } words)
            {
                json.WriteStartObject();
                json.WriteBoolean("deprecated", true);
                Words("enum", words);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void Single(string path, Shape shape, bool mayBeNull)
        {
            switch (shape)
            {
                case Shape.Text:
                    Types(mayBeNull, "string", "number", "boolean");
                    break;
                case Shape.OneOrMore:
                    Types(mayBeNull, "string", "number", "boolean", "array");
                    Inner("items", path, new Shape.Text());
                    break;
                case Shape.Integer integer:
                    Types(mayBeNull, "integer", "string");
                    json.WriteNumber("minimum", integer.Least);
                    json.WriteNumber("maximum", integer.Most);
                    json.WriteString("pattern", "^[0-9]+$");
                    break;
                case Shape.Duration:
                    Types(mayBeNull, "number", "string");
                    break;
                case Shape.Flag:
                    Types(mayBeNull, "boolean", "string");
                    json.WriteString("pattern", "^(true|false)$");
                    break;
                case Shape.Choice choice:
                    Words("enum", choice.Words.Concat(OldSpellings.WordsAt(path)).Concat(mayBeNull ? new string?[] { null } : []));
                    break;
            }
        }

        private void Types(bool mayBeNull, params string[] types) => Words("type", mayBeNull ? [.. types, "null"] : types);

        private void Inner(string key, string path, Shape shape)
        {
            json.WriteStartObject(key);
            Write(path, shape);
            json.WriteEndObject();
        }

        private void Alternative(string path, Shape shape, bool mayBeNull)
        {
            json.WriteStartObject();
            Write(path, shape, mayBeNull);
            json.WriteEndObject();
        }

        private void Words(string key, IEnumerable<string?> words)
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
