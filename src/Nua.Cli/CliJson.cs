using System.Text.Json;
using System.Text.Json.Serialization;
using Nua.Cli.Commands;
using Nua.Cli.Contexts;
using Nua.Cli.Doctor;

namespace Nua.Cli;

/// <summary>The answers that are the command line's own, not the server's.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildAnswer))]
[JsonSerializable(typeof(ContextBook))]
[JsonSerializable(typeof(ContextsAnswer))]
[JsonSerializable(typeof(DeployAnswer))]
[JsonSerializable(typeof(SitePlansAnswer))]
[JsonSerializable(typeof(SitesAnswer))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(HelloAnswer))]
[JsonSerializable(typeof(InitAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(SavedImage))]
[JsonSerializable(typeof(ValidateAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
internal sealed partial class CliJson : JsonSerializerContext;
