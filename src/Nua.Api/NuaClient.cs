using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nua.Api;

/// <summary>The server's API, in .NET words. The command line has no other way in.</summary>
/// <remarks>Every member fails with an <see cref="ApiException"/>: the server's own refusal, or <c>server.unreachable</c>.</remarks>
public sealed class NuaClient : IDisposable
{
    private readonly ApiConnection _server;

    private NuaClient(ApiConnection server) => _server = server;

    /// <summary>A client of the server that answers on that Unix socket. Nothing is opened before the first call.</summary>
    public static NuaClient Over(string socket) => At(() => new LocalServer(socket));

    /// <summary>A client of a server whose place is asked for at the first call.</summary>
    public static NuaClient At(Func<ServerPlace> place) => new(new ApiConnection(place));

    /// <summary>How long whatever is asked for waits for a lock that another operation holds; otherwise it is refused at once.</summary>
    public TimeSpan WaitForLock
    {
        get => _server.Wait;
        set => _server.Wait = value;
    }

    public Task<StatusView> StatusAsync(CancellationToken cancellation) =>
        _server.GetAsync("v1/status", ApiJson.Default.StatusView, cancellation);

    public Task<WhoAmIView> WhoAmIAsync(CancellationToken cancellation) =>
        _server.GetAsync("v1/whoami", ApiJson.Default.WhoAmIView, cancellation);

    /// <summary>Every public name, and how it stands with its certificate.</summary>
    public Task<CertificateList> CertificatesAsync(CancellationToken cancellation) =>
        _server.GetAsync("v1/certificates", ApiJson.Default.CertificateList, cancellation);

    /// <summary>What visitors are shown now: those of one name, or of all.</summary>
    public Task<ServedList> CheckCertificatesAsync(string? name, CancellationToken cancellation) =>
        PostAsync("v1/certificates/check" + QueryText(("name", name)), ApiJson.Default.ServedList, cancellation);

    /// <summary>Has a certificate asked for now.</summary>
    /// <param name="name">The name.</param>
    /// <param name="force">Whether also one is replaced that is good for long.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public Task<CertificateView> RenewCertificateAsync(string name, bool force, CancellationToken cancellation) =>
        PostAsync(Certificate(name, "renew") + QueryText(("force", force ? "true" : null)), ApiJson.Default.CertificateView, cancellation);

    /// <summary>Has a certificate replaced, and then revoked by its authority.</summary>
    public Task<CertificateView> RevokeCertificateAsync(string name, string reason, CancellationToken cancellation) =>
        PostAsync(Certificate(name, "revoke") + QueryText(("reason", reason)), ApiJson.Default.CertificateView, cancellation);

    /// <summary>Has a certificate of one's own shown from now on.</summary>
    public Task<ImportedView> ImportCertificateAsync(ImportBody body, CancellationToken cancellation) => _server.SendAsync(
        HttpMethod.Put, "v1/certificates/imported", JsonContent.Create(body, ApiJson.Default.ImportBody), ApiJson.Default.ImportedView, cancellation);

    /// <summary>Has certificates of one's own shown no longer that have the name.</summary>
    public Task<ImportedList> RemoveCertificateAsync(string name, CancellationToken cancellation) => _server.SendAsync(
        HttpMethod.Delete, $"v1/certificates/imported/{Uri.EscapeDataString(name)}", content: null, ApiJson.Default.ImportedList, cancellation);

    /// <summary>Gives the accounts with authorities new keys: the one with an authority, or all.</summary>
    public Task<AccountList> RollOverAsync(string? authority, CancellationToken cancellation) =>
        PostAsync("v1/certificates/rollover" + QueryText(("authority", authority)), ApiJson.Default.AccountList, cancellation);


    public Task<TokenList> TokensAsync(CancellationToken cancellation) =>
        _server.GetAsync("v1/tokens", ApiJson.Default.TokenList, cancellation);

    /// <summary>Makes a token; its text is in this answer and nowhere else.</summary>
    public Task<NewTokenView> CreateTokenAsync(TokenBody body, CancellationToken cancellation) =>
        PostAsync("v1/tokens", body, ApiJson.Default.TokenBody, ApiJson.Default.NewTokenView, cancellation);

    /// <param name="token">Its name or its id.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public Task<TokenView> RevokeTokenAsync(string token, CancellationToken cancellation) => _server.SendAsync(
        HttpMethod.Delete, $"v1/tokens/{Uri.EscapeDataString(token)}", content: null, ApiJson.Default.TokenView, cancellation);

    /// <summary>What was asked and refused, the newest first.</summary>
    public Task<AuditList> AuditAsync(DateTimeOffset? since, string? instance, int? limit, CancellationToken cancellation) =>
        _server.GetAsync(
            "v1/audit" + QueryText(
                ("since", since?.ToString("O", CultureInfo.InvariantCulture)),
                ("instance", instance),
                ("limit", limit?.ToString(CultureInfo.InvariantCulture))),
            ApiJson.Default.AuditList,
            cancellation);

    /// <summary>Whether the audit trail is as it was written.</summary>
    public Task<AuditCheckView> CheckAuditAsync(CancellationToken cancellation) =>
        _server.GetAsync("v1/audit/check", ApiJson.Default.AuditCheckView, cancellation);

    public Task<InstanceList> InstancesAsync(CancellationToken cancellation) =>
        _server.GetAsync("v1/instances", ApiJson.Default.InstanceList, cancellation);

    public Task<InstanceDetail> InstanceAsync(string name, CancellationToken cancellation) =>
        _server.GetAsync(Of(name), ApiJson.Default.InstanceDetail, cancellation);

    public Task<DeploymentList> DeploymentsAsync(string instance, CancellationToken cancellation) =>
        _server.GetAsync(Of(instance, "deployments"), ApiJson.Default.DeploymentList, cancellation);

    public Task<EnvironmentView> EnvironmentAsync(string instance, CancellationToken cancellation) =>
        _server.GetAsync(Of(instance, "env"), ApiJson.Default.EnvironmentView, cancellation);

    /// <summary>What an instance uses, and what its providers tell of themselves.</summary>
    public Task<InstanceMetricsView> MetricsAsync(string instance, CancellationToken cancellation) =>
        _server.GetAsync(Of(instance, "metrics"), ApiJson.Default.InstanceMetricsView, cancellation);

    /// <summary>Gives an instance other values, or takes them back.</summary>
    public Task<OperationView> ConfigureAsync(string instance, ValuesBody body, CancellationToken cancellation) =>
        _server.SendAsync(
            HttpMethod.Patch,
            Of(instance, "env"),
            JsonContent.Create(body, ApiJson.Default.ValuesBody),
            ApiJson.Default.OperationView,
            cancellation);

    /// <summary>What that would do; nothing is changed.</summary>
    public Task<DeployPlanView> PlanConfigurationAsync(string instance, ValuesBody body, CancellationToken cancellation) =>
        PostAsync(Of(instance, "env/plan"), body, ApiJson.Default.ValuesBody, ApiJson.Default.DeployPlanView, cancellation);

    public Task<SecretList> SecretsAsync(string instance, CancellationToken cancellation) =>
        _server.GetAsync(Of(instance, "secrets"), ApiJson.Default.SecretList, cancellation);

    /// <summary>Makes secrets anew.</summary>
    public Task<OperationView> RotateAsync(string instance, RotateBody body, CancellationToken cancellation) =>
        PostAsync(Of(instance, "secrets/rotate"), body, ApiJson.Default.RotateBody, ApiJson.Default.OperationView, cancellation);

    /// <summary>What that would do; nothing is changed.</summary>
    public Task<DeployPlanView> PlanRotationAsync(string instance, RotateBody body, CancellationToken cancellation) =>
        PostAsync(Of(instance, "secrets/rotate/plan"), body, ApiJson.Default.RotateBody, ApiJson.Default.DeployPlanView, cancellation);

    public IAsyncEnumerable<LogLineView> LogsAsync(string instance, LogQuery query, CancellationToken cancellation) =>
        _server.StreamAsync(
            Of(instance, "logs") + QueryText(
                ("workload", query.Workload),
                ("tail", query.Tail?.ToString(CultureInfo.InvariantCulture)),
                ("follow", query.Follow ? "true" : null),
                ("since", query.Since?.ToString("O", CultureInfo.InvariantCulture))),
            ApiJson.Default.LogLineView,
            cancellation);

    /// <param name="instance">Which.</param>
    /// <param name="verb"><c>start</c>, <c>stop</c>, <c>restart</c>, <c>pause</c> or <c>unpause</c>.</param>
    /// <param name="cancellation">Ends the asking, not the operation.</param>
    public Task<OperationView> ChangeAsync(string instance, string verb, CancellationToken cancellation) =>
        PostAsync(Of(instance, verb), ApiJson.Default.OperationView, cancellation);

    /// <summary>Asks for a command in a workload that runs; <see cref="TalkAsync"/> runs it.</summary>
    public Task<SessionView> ExecAsync(string instance, CommandBody body, CancellationToken cancellation) =>
        CommandAsync(instance, "exec", body, cancellation);

    /// <summary>Asks for a command in a container of its own, made after the app's; <see cref="TalkAsync"/> runs it.</summary>
    public Task<SessionView> RunAsync(string instance, CommandBody body, CancellationToken cancellation) =>
        CommandAsync(instance, "run", body, cancellation);

    /// <summary>Runs the command that was asked for. It is ended when the socket is closed.</summary>
    public Task<FrameSocket> TalkAsync(SessionView session, CancellationToken cancellation) =>
        _server.OpenSocketAsync($"v1/sessions/{Uri.EscapeDataString(session.Id)}", cancellation);

    private Task<SessionView> CommandAsync(string instance, string verb, CommandBody body, CancellationToken cancellation) =>
        PostAsync(Of(instance, verb), body, ApiJson.Default.CommandBody, ApiJson.Default.SessionView, cancellation);

    public Task<OperationView> CloneAsync(string instance, CloneBody body, CancellationToken cancellation) =>
        PostAsync(Of(instance, "clone"), body, ApiJson.Default.CloneBody, ApiJson.Default.OperationView, cancellation);

    public Task<CronList> CronAsync(string instance, CancellationToken cancellation) =>
        _server.GetAsync(Of(instance, "cron"), ApiJson.Default.CronList, cancellation);

    /// <summary>Runs a job now, whatever its schedule says.</summary>
    public Task<OperationView> RunCronAsync(string instance, string job, CancellationToken cancellation) =>
        PostAsync(Of(instance, $"cron/{Uri.EscapeDataString(job)}/run"), ApiJson.Default.OperationView, cancellation);

    public Task<OperationView> DestroyAsync(string instance, bool withData, bool acceptDataLoss, CancellationToken cancellation) =>
        _server.SendAsync(
            HttpMethod.Delete,
            Of(instance) + QueryText(
                ("withData", withData ? "true" : null),
                ("acceptDataLoss", acceptDataLoss ? "true" : null)),
            content: null,
            ApiJson.Default.OperationView,
            cancellation);

    /// <summary>Sends a package's folder, packed as tar.</summary>
    public Task<UploadView> UploadAsync(Func<Stream, CancellationToken, Task> writeTar, CancellationToken cancellation) =>
        _server.SendAsync(HttpMethod.Put, "v1/uploads", new WrittenContent(writeTar), ApiJson.Default.UploadView, cancellation);

    public Task<OperationView> BuildAsync(BuildBody body, CancellationToken cancellation) =>
        PostAsync("v1/builds", body, ApiJson.Default.BuildBody, ApiJson.Default.OperationView, cancellation);

    public Task<OperationView> DeployAsync(DeployBody body, CancellationToken cancellation) =>
        PostAsync("v1/deployments", body, ApiJson.Default.DeployBody, ApiJson.Default.OperationView, cancellation);

    /// <summary>What a deployment would do; nothing is changed.</summary>
    public Task<DeployPlanView> PlanAsync(PlanBody body, CancellationToken cancellation) =>
        PostAsync("v1/plans", body, ApiJson.Default.PlanBody, ApiJson.Default.DeployPlanView, cancellation);

    public Task<ImageList> ImagesAsync(CancellationToken cancellation) =>
        _server.GetAsync("v1/images", ApiJson.Default.ImageList, cancellation);

    /// <param name="image">A name or an id, or an app for its newest.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public Task<ImageDetailView> ImageAsync(string image, CancellationToken cancellation) =>
        _server.GetAsync($"v1/images/{Uri.EscapeDataString(image)}", ApiJson.Default.ImageDetailView, cancellation);

    /// <summary>What an image consists of, as CycloneDX.</summary>
    public Task<JsonElement> SbomAsync(string image, CancellationToken cancellation) =>
        _server.GetAsync($"v1/images/{Uri.EscapeDataString(image)}/sbom", ApiJson.Default.JsonElement, cancellation);

    /// <summary>Has the server take the images of an archive.</summary>
    /// <param name="write">Writes the archive: a tar stream, which may be compressed by gzip.</param>
    /// <param name="replace">Whether a newer image there may lose its name.</param>
    /// <param name="cancellation">Ends the sending.</param>
    public Task<ImageList> LoadImagesAsync(Func<Stream, CancellationToken, Task> write, bool replace, CancellationToken cancellation) =>
        _server.SendAsync(HttpMethod.Post, "v1/images/load" + QueryText(("replace", replace ? "true" : null)), new WrittenContent(write), ApiJson.Default.ImageList, cancellation);

    /// <summary>Writes an image, and those of its sub-applications, to a stream: an archive that engines load.</summary>
    public Task SaveImageAsync(string image, Stream target, CancellationToken cancellation) =>
        _server.CopyAsync($"v1/images/{Uri.EscapeDataString(image)}/archive", target, cancellation);

    public Task<PruneView> PruneImagesAsync(PruneBody body, CancellationToken cancellation) =>
        PostAsync("v1/images/prune", body, ApiJson.Default.PruneBody, ApiJson.Default.PruneView, cancellation);

    public Task<OperationList> OperationsAsync(OperationQuery query, CancellationToken cancellation) =>
        _server.GetAsync(
            "v1/operations" + QueryText(
                ("subject", query.Subject),
                ("kind", query.Kind),
                ("state", query.State),
                ("since", query.Since?.ToString("O", CultureInfo.InvariantCulture)),
                ("before", query.Before),
                ("limit", query.Limit?.ToString(CultureInfo.InvariantCulture))),
            ApiJson.Default.OperationList,
            cancellation);

    public Task<OperationDetail> OperationAsync(string id, CancellationToken cancellation) =>
        _server.GetAsync($"v1/operations/{Uri.EscapeDataString(id)}", ApiJson.Default.OperationDetail, cancellation);

    /// <summary>Everything that happened in an operation and, while it runs, everything that happens; ends with its end.</summary>
    public IAsyncEnumerable<OperationEventView> WatchAsync(string id, CancellationToken cancellation) =>
        _server.StreamAsync($"v1/operations/{Uri.EscapeDataString(id)}/events", ApiJson.Default.OperationEventView, cancellation);

    public Task<OperationView> CancelAsync(string id, CancellationToken cancellation) =>
        PostAsync($"v1/operations/{Uri.EscapeDataString(id)}/cancel", ApiJson.Default.OperationView, cancellation);

    /// <summary>Has an operation tried again now that could not be put back; answers how it was when asked.</summary>
    public Task<OperationView> ResumeAsync(string id, CancellationToken cancellation) =>
        PostAsync($"v1/operations/{Uri.EscapeDataString(id)}/resume", ApiJson.Default.OperationView, cancellation);

    /// <summary>Removes now what the server would remove by itself later.</summary>
    /// <param name="downloads">Whether downloads that builds keep go, too.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public Task<CleanupView> CleanUpAsync(bool downloads, CancellationToken cancellation) =>
        PostAsync("v1/cleanup" + QueryText(("downloads", downloads ? "true" : null)), ApiJson.Default.CleanupView, cancellation);

    /// <summary>Refuses new work and ends the server once what is under way has come to its end.</summary>
    /// <param name="workloads">Whether all workloads are stopped first; the next server starts them again.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public Task<CleanupView> ShutDownAsync(bool workloads, CancellationToken cancellation) =>
        PostAsync("v1/shutdown" + QueryText(("workloads", workloads ? "true" : null)), ApiJson.Default.CleanupView, cancellation);

    public Task<BuildPlanView> PlanAsync(BuildBody body, CancellationToken cancellation) =>
        PostAsync("v1/builds/plan", body, ApiJson.Default.BuildBody, ApiJson.Default.BuildPlanView, cancellation);

    public void Dispose() => _server.Dispose();

    private Task<T> PostAsync<T>(string path, JsonTypeInfo<T> json, CancellationToken cancellation) =>
        _server.SendAsync(HttpMethod.Post, path, content: null, json, cancellation);

    private Task<T> PostAsync<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> bodyJson, JsonTypeInfo<T> json, CancellationToken cancellation) =>
        _server.SendAsync(HttpMethod.Post, path, JsonContent.Create(body, bodyJson), json, cancellation);

    private static string Certificate(string name, string verb) => $"v1/certificates/{Uri.EscapeDataString(name)}/{verb}";

    /// <summary>The path of an instance, or of something of it.</summary>
    private static string Of(string instance, string? what = null) =>
        $"v1/instances/{Uri.EscapeDataString(instance)}{(what is null ? "" : $"/{what}")}";

    private static string QueryText(params IEnumerable<(string Name, string? Value)> parts)
    {
        var given = parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        var text = string.Join('&', given);
        return text.Length == 0 ? "" : $"?{text}";
    }
}
