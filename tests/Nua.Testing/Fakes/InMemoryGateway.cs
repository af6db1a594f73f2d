using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Routing;

namespace Nua.Testing.Fakes;

/// <summary>
/// A gateway without sockets. Requests through its doors are routed as the real one routes them and answered by
/// <see cref="Answer"/>. Passes <c>GatewayContract</c>.
/// </summary>
public sealed class InMemoryGateway(TimeProvider? clock = null) : IGateway
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, Route> _routes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Route> _candidates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Fault> _faults = new(StringComparer.Ordinal);
    private readonly InFlightRequests _inFlight = new();

    public int HttpsPort { get; set; } = 8443;

    /// <summary>What workloads answer; a plain 200 unless a test says otherwise. The request's path has lost the route's prefix.</summary>
    public Func<HttpRequestMessage, Route, HttpResponseMessage> Answer { get; set; } =
        (_, _) => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("ok") };

    /// <summary>Like <see cref="Answer"/> and before it, for workloads that take their time.</summary>
    public Func<HttpRequestMessage, Route, Task<HttpResponseMessage>>? AnswerAsync { get; set; }

    /// <summary>
    /// Makes every call of a member, <c>nameof(IGateway.PublishAsync)</c>, fail until <see cref="Mend"/>: before anything is
    /// done or, if <paramref name="afterwards"/>, when all is done and only the outcome is lost.
    /// </summary>
    public void FailOn(string member, Problem? problem = null, bool afterwards = false) =>
        _faults[member] = new Fault(problem ?? Unreachable, afterwards);

    public void Mend() => _faults.Clear();

    /// <summary>The public route of a domain, null when it has none.</summary>
    public Route? RouteOf(string domain) => _routes.GetValueOrDefault(domain);

    /// <summary>What it answers on, in order.</summary>
    public IReadOnlyList<string> Domains => [.. _routes.Keys.Order(StringComparer.Ordinal)];

    public Route? CandidateOf(string domain) => _candidates.GetValueOrDefault(domain);

    /// <summary>Puts a request under way to the address that ends when the returned value is disposed of.</summary>
    public IDisposable Occupy(Uri address) => _inFlight.Enter(address);

    public Task<int> HttpsPortAsync(CancellationToken cancellation) =>
        DoAsync(nameof(HttpsPortAsync), () => HttpsPort);

    public Task<IReadOnlyList<Route>> ListAsync(CancellationToken cancellation) =>
        DoAsync<IReadOnlyList<Route>>(
            nameof(ListAsync),
            () => [.. _routes.Values.OrderBy(route => route.Domain, StringComparer.Ordinal)]);

    public Task PublishAsync(Route route, CancellationToken cancellation) =>
        DoAsync(nameof(PublishAsync), () => _routes[Checked(route).Domain] = route);

    public Task WithdrawAsync(string domain, CancellationToken cancellation) =>
        DoAsync(nameof(WithdrawAsync), () => _routes.TryRemove(domain, out _));

    public Task OfferAsync(Route candidate, CancellationToken cancellation) =>
        DoAsync(nameof(OfferAsync), () => _candidates[Checked(candidate).Domain] = candidate);

    public Task RetractAsync(string domain, CancellationToken cancellation) =>
        DoAsync(nameof(RetractAsync), () => _candidates.TryRemove(domain, out _));

    public async Task<int> DrainAsync(Uri address, TimeSpan limit, CancellationToken cancellation)
    {
        await DoAsync(nameof(DrainAsync), () => true);
        return await _inFlight.WaitForNoneAsync(address, limit, _clock, cancellation);
    }

    public HttpClient OpenPrivateDoor() => new(new Door(this, [_candidates, _routes]));

    /// <summary>What a visitor has: like the private door, without the candidates.</summary>
    public HttpClient OpenPublicDoor() => new(new Door(this, [_routes]));

    private static Problem Unreachable => new(
        ProblemKind.Unavailable, "gateway.unreachable", "The gateway does not answer.", "Call Mend() on the fake.");

    private Task<T> DoAsync<T>(string member, Func<T> work)
    {
        var fault = _faults.GetValueOrDefault(member);
        try
        {
            var outcome = fault is null or { Afterwards: true } ? work() : default;
            return fault is null ? Task.FromResult(outcome!) : throw new NuaException(fault.Problem);
        }
        catch (NuaException refusal)
        {
            return Task.FromException<T>(refusal);
        }
    }

    private static Route Checked(Route route)
    {
        if (RouteDomain.TryParse(route.Domain) is null)
        {
            throw new NuaException(new Problem(
                ProblemKind.Invalid, "gateway.bad-domain", $"'{route.Domain}' is not a domain.", "Write it in lower case."));
        }

        return RouteEntry.IsWorkload(route.Address)
            ? route
            : throw new NuaException(new Problem(
                ProblemKind.Invalid, "gateway.bad-address", $"'{route.Address}' is not a workload.", "Use http://host:port/."));
    }

    private sealed record Fault(Problem Problem, bool Afterwards);

    private sealed class Door(InMemoryGateway gateway, IReadOnlyList<ConcurrentDictionary<string, Route>> tables)
        : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var visited = request.RequestUri!;
            var route = tables.Select(table => Find(table.Values, visited)).FirstOrDefault(found => found is not null);
            if (route is null)
            {
                return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
            }

            if (route.Paused)
            {
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                {
                    RequestMessage = request,
                    Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromMinutes(1)) },
                };
            }

            using var underWay = gateway._inFlight.Enter(route.Address);
            request.RequestUri = WithoutPrefix(visited, route);
            request.Headers.Host ??= visited.Authority;
            var answer = gateway.AnswerAsync is { } slowly ? await slowly(request, route) : gateway.Answer(request, route);
            answer.RequestMessage ??= request;
            return answer;
        }

        private static Route? Find(IEnumerable<Route> routes, Uri visited) =>
            routes
                .Where(route => Covers(RouteDomain.TryParse(route.Domain)!, visited))
                .MaxBy(route => route.Domain.Length);

        private static bool Covers(RouteDomain domain, Uri visited) =>
            domain.Host == visited.IdnHost && domain.CoversPath(visited.AbsolutePath);

        private static Uri WithoutPrefix(Uri visited, Route route)
        {
            var prefix = RouteDomain.TryParse(route.Domain)!.Path;
            var rest = visited.PathAndQuery[prefix.Length..];
            return new Uri(visited, rest.StartsWith('/') ? rest : "/" + rest);
        }
    }
}
