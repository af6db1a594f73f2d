using System.Text.Json;

namespace Nua.Agent.Sbom;

/// <summary>Looks into documents that may hold anything.</summary>
internal static class JsonText
{
    /// <summary>The text of that member; <see langword="null"/> when there is none.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The elements of a list; of anything else, none.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The members of an object; of anything else, none.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } record ? record.EnumerateObject() : [];
}
