using System.Text.Json.Serialization;

namespace Nua.Gateway.Issuing;

/// <summary>How what is remembered of public names lies on the disk.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<NameRecord>))]
internal sealed partial class IssuingJson : JsonSerializerContext;
