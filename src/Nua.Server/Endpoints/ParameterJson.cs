using System.Text.Json.Serialization;

namespace Nua.Server.Endpoints;

/// <summary>The types of parameters in paths and queries: what describes the API wants to know them.</summary>
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Stream))]
internal sealed partial class ParameterJson : JsonSerializerContext;
