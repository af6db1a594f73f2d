using System.Text.Json.Serialization;

namespace Nua.Engine.Build;

/// <summary>How the room's records are journaled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildRequest))]
[JsonSerializable(typeof(BuildOutline))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, BaseImage>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, BaseImage>>))]
[JsonSerializable(typeof(BuiltImage))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, BuiltImage>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class BuildJson : JsonSerializerContext;

/// <summary>What of a plan the steps after it are named by.</summary>
internal sealed record BuildOutline(string Reference, string Builder, IReadOnlyList<string>? SubApplications = null);

/// <summary>An image that a build stands on, once it is there.</summary>
internal sealed record BaseImage(string Reference, string Id);
