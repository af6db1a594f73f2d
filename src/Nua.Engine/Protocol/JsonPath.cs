using System.Globalization;
using System.Text.Json;

namespace Nua.Engine.Protocol;

/// <summary>Reads one value out of a JSON text by the simplest paths of RFC 9535: <c>$.user.names[0]</c>.</summary>
internal static class JsonPath
{
    /// <summary>The value as text (a text without its quotes); <see langword="null"/> when there is none.</summary>
    public static string? Read(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = document.RootElement;
            foreach (var segment in path.TrimStart('$').Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
            {
                if (!TryStep(ref found, segment))
                {
                    return null;
                }
            }

            return found.ValueKind is JsonValueKind.String ? found.GetString() : found.GetRawText();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryStep(ref JsonElement found, string segment)
    {
        if (!segment.EndsWith(']'))
        {
            return found.ValueKind is JsonValueKind.Object && found.TryGetProperty(segment, out found);
        }

        var isIndex = int.TryParse(segment[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        if (!isIndex || found.ValueKind is not JsonValueKind.Array || index >= found.GetArrayLength())
        {
            return false;
        }

        found = found[index];
        return true;
    }
}
