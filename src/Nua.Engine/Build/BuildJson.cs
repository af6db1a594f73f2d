using System.Text.Json.Serialization;

namespace Nua.Engine.Build;

/// <summary>How the room's records are journaled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildRequest))]
[JsonSerializable(typeof(BuildOutline))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, BaseImage>))]
[JsonSerializable(typeof(BuiltImage))]
internal sealed partial class BuildJson : JsonSerializerContext;

/// <summary>What of a plan the steps after it are named by.</summary>
internal sealed record BuildOutline(string Reference, string Builder);

/// <summary>An image that a build stands on, once it is there.</summary>
internal sealed record BaseImage(string Reference, string Id);
