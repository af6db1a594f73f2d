using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Routing;

namespace Nua.Drivers.Routing;

/// <summary>The gateway of a home, spoken to over its Unix socket.</summary>
public sealed class GatewayClient(NuaHome home) : IGateway, ICertificateDesk, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Several authorities may take five minutes each.</summary>
    private static readonly TimeSpan PatienceWithAuthorities = TimeSpan.FromMinutes(30);

    private readonly HttpClient _admin = new(UnixSockets.Handler(home.GatewaySocket))
    {
        BaseAddress = new Uri("http://gateway/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>What the gateway says of itself: version, ports, counters.</summary>
    public Task<GatewayView> StateAsync(CancellationToken cancellation) =>
        AskAsync("state", RouteTableJson.Default.GatewayView, Patience, cancellation);

    public async Task<int> HttpsPortAsync(CancellationToken cancellation) =>
        (await StateAsync(cancellation)).HttpsPorts is [var port, ..]
            ? port
            : throw new NuaException(RoutingProblems.NoHttps(home.GatewaySocket));

    public async Task<IReadOnlyList<Route>> ListAsync(CancellationToken cancellation) =>
        [.. (await StateAsync(cancellation)).Routes.Select(view => FromEntry(view.Route))];

    public Task PublishAsync(Route route, CancellationToken cancellation) => PutAsync("routes", route, cancellation);

    public Task WithdrawAsync(string domain, CancellationToken cancellation) => DeleteAsync("routes", domain, cancellation);

    public Task OfferAsync(Route candidate, CancellationToken cancellation) => PutAsync("candidates", candidate, cancellation);

    public Task RetractAsync(string domain, CancellationToken cancellation) => DeleteAsync("candidates", domain, cancellation);

    public async Task<int> DrainAsync(Uri address, TimeSpan limit, CancellationToken cancellation)
    {
        var seconds = limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var drain = $"drain?address={Uri.EscapeDataString(address.AbsoluteUri)}&seconds={seconds}";
        return (await AskAsync(drain, RouteTableJson.Default.WorkloadView, limit + Patience, cancellation)).InFlight;
    }

    public Task<IReadOnlyList<CertificateView>> CertificatesAsync(CancellationToken cancellation) =>
        AskAsync("certificates", CertificateJson.Default.IReadOnlyListCertificateView, Patience, cancellation);

    /// <summary>Says whom it asks for certificates from now on.</summary>
    public async Task SetAuthoritiesAsync(CertificateSettings settings, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(settings, CertificateJson.Default.CertificateSettings);
        using var request = new HttpRequestMessage(HttpMethod.Put, "certificates/settings") { Content = body };
        using var answer = await SendAsync(request, Patience, cancellation);
    }

    public Task<ServedList> CheckCertificatesAsync(string? name, CancellationToken cancellation) => AskAsync(
        new HttpRequestMessage(HttpMethod.Post, "certificates/check" + Query(("name", name))), CertificateJson.Default.ServedList, Patience, cancellation);

    public Task<CertificateView> RenewCertificateAsync(string name, bool force, CancellationToken cancellation) => AskAsync(
        new HttpRequestMessage(HttpMethod.Post, "certificates/renew" + Query(("name", name), ("force", force ? "true" : null))),
        CertificateJson.Default.CertificateView,
        PatienceWithAuthorities,
        cancellation);

    public Task<ImportedView> ImportCertificateAsync(ImportBody body, CancellationToken cancellation) => AskAsync(
        new HttpRequestMessage(HttpMethod.Put, "certificates/imported") { Content = JsonContent.Create(body, CertificateJson.Default.ImportBody) },
        CertificateJson.Default.ImportedView,
        Patience,
        cancellation);

    public Task<ImportedList> RemoveCertificateAsync(string name, CancellationToken cancellation) => AskAsync(
        new HttpRequestMessage(HttpMethod.Delete, "certificates/imported" + Query(("name", name))), CertificateJson.Default.ImportedList, Patience, cancellation);

    public Task<CertificateView> RevokeCertificateAsync(string name, string reason, CancellationToken cancellation) => AskAsync(
        new HttpRequestMessage(HttpMethod.Post, "certificates/revoke" + Query(("name", name), ("reason", reason))),
        CertificateJson.Default.CertificateView,
        PatienceWithAuthorities,
        cancellation);

    public Task<AccountList> RollOverAsync(string? authority, CancellationToken cancellation) => AskAsync(
        new HttpRequestMessage(HttpMethod.Post, "certificates/rollover" + Query(("authority", authority))),
        CertificateJson.Default.AccountList,
        PatienceWithAuthorities,
        cancellation);

    public HttpClient OpenPrivateDoor() => PrivateDoor.Open(home);

    public void Dispose() => _admin.Dispose();

    private static Route FromEntry(RouteEntry entry) =>
        new(entry.Domain, entry.Address, entry.Instance, entry.Deployment, entry.Tls) { Paused = entry.Paused };

    private static RouteEntry ToEntry(Route route) =>
        new(route.Domain, route.Address, route.Instance, route.Deployment, route.Tls) { Paused = route.Paused };

    private async Task PutAsync(string table, Route route, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(ToEntry(route), RouteTableJson.Default.RouteEntry);
        using var request = new HttpRequestMessage(HttpMethod.Put, table) { Content = body };
        using var answer = await SendAsync(request, Patience, cancellation);
    }

    private async Task DeleteAsync(string table, string domain, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{table}?domain={Uri.EscapeDataString(domain)}");
        using var answer = await SendAsync(request, Patience, cancellation);
    }

    private static string Query(params IEnumerable<(string Name, string? Value)> parts) => string.Concat(
        parts.Where(part => part.Value is not null).Select((part, index) => $"{(index == 0 ? '?' : '&')}{part.Name}={Uri.EscapeDataString(part.Value!)}"));

    private Task<T> AskAsync<T>(string question, JsonTypeInfo<T> type, TimeSpan limit, CancellationToken cancellation) =>
        AskAsync(new HttpRequestMessage(HttpMethod.Get, question), type, limit, cancellation);

    private async Task<T> AskAsync<T>(HttpRequestMessage question, JsonTypeInfo<T> type, TimeSpan limit, CancellationToken cancellation)
    {
        using var request = question;
        using var answer = await SendAsync(request, limit, cancellation);
        return await ReadAsync(answer, type, cancellation);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, TimeSpan limit, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(limit);
        try
        {
            var answer = await _admin.SendAsync(request, patience.Token);
            return answer.IsSuccessStatusCode ? answer : throw new NuaException(await RefusalAsync(answer, cancellation));
        }
        catch (HttpRequestException failure)
        {
            throw new NuaException(RoutingProblems.Unreachable(home.GatewaySocket), failure);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new NuaException(RoutingProblems.TooSlow(home.GatewaySocket, limit), late);
        }
    }

    private async Task<Problem> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using (answer)
        {
            var kind = answer.StatusCode switch
            {
                HttpStatusCode.BadRequest => ProblemKind.Invalid,
                HttpStatusCode.NotFound => ProblemKind.NotFound,
                HttpStatusCode.Conflict => ProblemKind.Conflict,
                HttpStatusCode.ServiceUnavailable => ProblemKind.Unavailable,
                _ => ProblemKind.Bug,
            };
            return RoutingProblems.Refused(kind, await ReadAsync(answer, RouteTableJson.Default.GatewayRefusal, cancellation));
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellation) ?? throw new JsonException("The answer is empty.");
        }
        catch (JsonException foreign)
        {
            throw new NuaException(RoutingProblems.BadAnswer(home.GatewaySocket, (int)answer.StatusCode), foreign);
        }
    }
}
