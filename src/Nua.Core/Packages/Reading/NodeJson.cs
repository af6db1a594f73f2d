using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nua.Core.Packages.Reading;

/// <summary>Writes a part of the tree as JSON.</summary>
internal static class NodeJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(Node node)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Compact))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static void Write(Utf8JsonWriter writer, Node node)
    {
        switch (node)
        {
            case TextNode text:
                writer.WriteStringValue(text.Value);
                break;
            case BooleanNode boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case NumberNode number:
                WriteNumber(writer, number);
                break;
            case ListNode list:
                WriteList(writer, list);
                break;
            case TableNode table:
                WriteTable(writer, table);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>As short as it reads back the same; a whole number that was written with a fraction keeps one digit of it.</summary>
    public static string NumberText(NumberNode number)
    {
        if (number.Integer is { } whole)
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }

        if (IsWhole(number))
        {
            return number.Written;
        }

        var text = number.Value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        return text.All(sign => char.IsAsciiDigit(sign) || sign == '-') ? text + ".0" : text;
    }

    /// <summary>A whole number that is too large for us keeps all its digits.</summary>
    private static bool IsWhole(NumberNode number) => number.Written.TrimStart('-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);

    private static void WriteNumber(Utf8JsonWriter writer, NumberNode number)
    {
        if (number.Integer is { } whole)
        {
            writer.WriteNumberValue(whole);
        }
        else if (IsWhole(number))
        {
            writer.WriteRawValue(number.Written);
        }
        else if (double.IsFinite(number.Value))
        {
            writer.WriteNumberValue(number.Value);
        }
        else
        {
            writer.WriteStringValue(number.Written);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, ListNode list)
    {
        writer.WriteStartArray();
        foreach (var item in list.Items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter writer, TableNode table)
    {
        writer.WriteStartObject();
        foreach (var entry in table.Entries)
        {
            writer.WritePropertyName(entry.Key);
            Write(writer, entry.Value);
        }

        writer.WriteEndObject();
    }
}
