using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nua.Api;

/// <summary>Reads and writes every body of the API, without reflection. Names are camelCase; what is unknown is ignored.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AuditCheckView))]
[JsonSerializable(typeof(AuditList))]
[JsonSerializable(typeof(BuildBody))]
[JsonSerializable(typeof(BuildPlanView))]
[JsonSerializable(typeof(BuiltView))]
[JsonSerializable(typeof(CleanupView))]
[JsonSerializable(typeof(CertificateList))]
[JsonSerializable(typeof(CloneBody))]
[JsonSerializable(typeof(ClonedView))]
[JsonSerializable(typeof(CommandBody))]
[JsonSerializable(typeof(CronList))]
[JsonSerializable(typeof(DeployBody))]
[JsonSerializable(typeof(DeployedView))]
[JsonSerializable(typeof(DeployPlanView))]
[JsonSerializable(typeof(DeploymentList))]
[JsonSerializable(typeof(EnvironmentView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ImageDetailView))]
[JsonSerializable(typeof(ImageList))]
[JsonSerializable(typeof(InstanceDetail))]
[JsonSerializable(typeof(InstanceList))]
[JsonSerializable(typeof(InstanceMetricsView))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(LogLineView))]
[JsonSerializable(typeof(NewTokenView))]
[JsonSerializable(typeof(OperationDetail))]
[JsonSerializable(typeof(OperationEventView))]
[JsonSerializable(typeof(OperationList))]
[JsonSerializable(typeof(OperationView))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(PruneBody))]
[JsonSerializable(typeof(PruneView))]
[JsonSerializable(typeof(RotateBody))]
[JsonSerializable(typeof(SecretList))]
[JsonSerializable(typeof(SessionEnd))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(TerminalView))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(TokenList))]
[JsonSerializable(typeof(TokenView))]
[JsonSerializable(typeof(UploadView))]
[JsonSerializable(typeof(ValuesBody))]
[JsonSerializable(typeof(WhoAmIView))]
public sealed partial class ApiJson : JsonSerializerContext;
