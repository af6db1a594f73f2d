using System.Text.Json;
using Nua.Core.Packages.Reading;

namespace Nua.Core.Packages;

/// <summary>
/// Writes keys of the normal form. A key of the predecessor's format is always there, <c>null</c> when absent; a key of our
/// own (<c>Own…</c>) only when it says something.
/// </summary>
internal sealed class NormalForm(Utf8JsonWriter writer)
{
    public void Object(Action write)
    {
        writer.WriteStartObject();
        write();
        writer.WriteEndObject();
    }

    public void Object(string key, Action write)
    {
        writer.WritePropertyName(key);
        Object(write);
    }

    public void Object<T>(string key, T? value, Action<T> write) where T : class
    {
        if (value is null)
        {
            writer.WriteNull(key);
        }
        else
        {
            Object(key, () => write(value));
        }
    }

    public void OwnObject<T>(string key, T? value, Action<T> write) where T : class
    {
        if (value is not null)
        {
            Object(key, () => write(value));
        }
    }

    public void Objects<T>(string key, IReadOnlyList<T>? values, Action<T> write) =>
        List(key, values, (_, value) => Object(() => write(value)));

    /// <summary>No list at all is <c>null</c>; that there is nothing in a list says something too.</summary>
    public void List<T>(string key, IReadOnlyList<T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null)
        {
            writer.WriteNull(key);
            return;
        }

        writer.WriteStartArray(key);
        foreach (var value in values)
        {
            write(writer, value);
        }

        writer.WriteEndArray();
    }

    public void Key<T>(string key, T? value, Action<Utf8JsonWriter, T> write) where T : class
    {
        writer.WritePropertyName(key);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            write(writer, value);
        }
    }

    public void Text(string key, string? value) => writer.WriteString(key, value);

    public void OwnText(string key, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(key, value);
        }
    }

    /// <summary>What was written without brackets stays without them, and an empty list stays one if somebody wrote it.</summary>
    public void Texts(string key, IReadOnlyList<string> values)
    {
        if (values is OneText)
        {
            writer.WriteString(key, values[0]);
        }
        else
        {
            List(key, values.Count == 0 && values is not NoTexts ? null : values, (json, value) => json.WriteStringValue(value));
        }
    }

    public void OwnTexts(string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0 || values is NoTexts)
        {
            Texts(key, values);
        }
    }

    public void TextMap(string key, IReadOnlyDictionary<string, string> values) =>
        Object(key, values.Count == 0 ? null : values, WriteTexts);

    public void OwnTextMap(string key, IReadOnlyDictionary<string, string> values) =>
        OwnObject(key, values.Count == 0 ? null : values, WriteTexts);

    public void Flag(string key, bool? value)
    {
        if (value is null)
        {
            writer.WriteNull(key);
        }
        else
        {
            writer.WriteBoolean(key, value.Value);
        }
    }

    public void OwnFlag(string key, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(key, value);
        }
    }

    public void Integer(string key, int? value)
    {
        if (value is null)
        {
            writer.WriteNull(key);
        }
        else
        {
            writer.WriteNumber(key, value.Value);
        }
    }

    public void Duration(string key, TimeSpan? value) => Text(key, value is null ? null : Quantities.Duration.Format(value.Value));

    /// <summary>Whole seconds as a number, which is how the predecessor has them.</summary>
    public void Seconds(string key, TimeSpan? value)
    {
        if (value is { } duration && duration.Ticks % TimeSpan.TicksPerSecond == 0)
        {
            writer.WriteNumber(key, (long)duration.TotalSeconds);
        }
        else
        {
            Duration(key, value);
        }
    }

    public void Elements(string key, IReadOnlyDictionary<string, JsonElement> values) =>
        Object(key, values.Count == 0 ? null : values, elements =>
        {
            foreach (var (name, value) in elements)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        });

    private void WriteTexts(IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            writer.WriteString(name, value);
        }
    }
}
