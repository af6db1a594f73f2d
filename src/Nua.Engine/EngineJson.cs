using System.Text.Json.Serialization;
using Nua.Engine.Cloning;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Protocol;
using Nua.Engine.State;

namespace Nua.Engine;

/// <summary>How the engine's records are journaled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(WorkloadPlan))]
[JsonSerializable(typeof(Tenancy))]
[JsonSerializable(typeof(ServerKind))]
[JsonSerializable(typeof(SharedServerFacts))]
[JsonSerializable(typeof(DeployRequest))]
[JsonSerializable(typeof(DeployFacts))]
[JsonSerializable(typeof(ProviderImage))]
[JsonSerializable(typeof(DeployResult))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<TestOutcome>))]
[JsonSerializable(typeof(InstanceRequest))]
[JsonSerializable(typeof(InstanceResult))]
[JsonSerializable(typeof(ReconcileResult))]
[JsonSerializable(typeof(DestroyRequest))]
[JsonSerializable(typeof(ConfigureRequest))]
[JsonSerializable(typeof(RotateRequest))]
[JsonSerializable(typeof(DataPass))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(CloneFacts))]
[JsonSerializable(typeof(CloneRequest))]
[JsonSerializable(typeof(CloneResult))]
[JsonSerializable(typeof(CronRequest))]
[JsonSerializable(typeof(CronResult))]
[JsonSerializable(typeof(LendRequest))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(Core.Problems.Problem))]
public sealed partial class EngineJson : JsonSerializerContext;
