using Nua.Api;
using Nua.Gateway.Certificates;
using Nua.Gateway.Visitors;

namespace Nua.Gateway.Routing;

/// <summary>
/// The routes in use. A change is complete in three steps: the certificate is at hand, the table is on disk, the map is swapped.
/// Candidates stay in memory: a deployment that was interrupted offers them again.
/// </summary>
internal sealed class RoutingTable
{
    private readonly RouteTableStore _store;
    private readonly CertificateStore _certificates;
    private readonly Lock _changing = new();
    private readonly Dictionary<string, RouteEntry> _candidates = new(StringComparer.Ordinal);
    private RouteTable _table;
    private Dictionary<string, DomainTraffic> _traffic = [];
    private Dictionary<Uri, Workload> _workloads = [];
    private volatile RouteMap _public = RouteMap.Empty;
    private volatile RouteMap _private = RouteMap.Empty;
    private Action _tell = () => { };

    public RoutingTable(RouteTableStore store, CertificateStore certificates)
    {
        _store = store;
        _certificates = certificates;
        _table = store.Load();
        Swap();
    }

    /// <summary>Has somebody told, from now on, when the public routes are others; it is done while they are held, so it has to be quick.</summary>
    public void TellChanges(Action tell) => _tell = tell;

    /// <summary>The public hosts whose visitors are sent to HTTPS.</summary>
    public IReadOnlySet<string> SecureHosts()
    {
        lock (_changing)
        {
            return _table.Routes.Where(route => route.Tls).Select(route => RouteDomain.TryParse(route.Domain)!.Host).ToHashSet(StringComparer.Ordinal);
        }
    }

    public RouteMap MapFor(Door door) => door is Door.Private ? _private : _public;

    /// <summary>Finds a request's route and counts the request in at its workload; who gets a route must leave its workload.</summary>
    public LiveRoute? Enter(Door door, ReadOnlySpan<char> host, ReadOnlySpan<char> path)
    {
        while (true)
        {
            var map = MapFor(door);
            var route = map.Find(host, path);
            route?.Workload.Enter();

            // A switch between finding and entering would let the drain that follows it see nobody; so look again.
            if (map == MapFor(door))
            {
                return route;
            }

            route?.Workload.Leave();
        }
    }

    /// <exception cref="GatewayException"><c>gateway.bad-domain</c>, <c>gateway.bad-address</c>, <c>gateway.state-unusable</c></exception>
    public void Publish(RouteEntry route)
    {
        _certificates.Prepare(Check(route).Host);
        lock (_changing)
        {
            if (!_table.Routes.Contains(route))
            {
                Keep([.. _table.Routes.Where(other => other.Domain != route.Domain), route]);
            }
        }
    }

    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Withdraw(string domain)
    {
        lock (_changing)
        {
            if (_table.Routes.Any(route => route.Domain == domain))
            {
                Keep([.. _table.Routes.Where(route => route.Domain != domain)]);
                Forget(domain);
            }
        }
    }

    /// <exception cref="GatewayException"><c>gateway.bad-domain</c>, <c>gateway.bad-address</c></exception>
    public void Offer(RouteEntry candidate)
    {
        _certificates.Prepare(Check(candidate).Host);
        lock (_changing)
        {
            _candidates[candidate.Domain] = candidate;
            Swap();
        }
    }

    public void Retract(string domain)
    {
        lock (_changing)
        {
            if (_candidates.Remove(domain))
            {
                Swap();
                Forget(domain);
            }
        }
    }

    /// <summary>Null when nothing is routed to the address, and nothing is under way to it.</summary>
    public Workload? WorkloadAt(Uri address)
    {
        lock (_changing)
        {
            return _workloads.GetValueOrDefault(address);
        }
    }

    public RoutingReport Report()
    {
        lock (_changing)
        {
            return new RoutingReport(
                _table.Revision,
                [.. _table.Routes.Select(route => View(route, _traffic[route.Domain]))],
                [.. _candidates.Values.OrderBy(candidate => candidate.Domain, StringComparer.Ordinal)],
                [.. _workloads.Values.Select(workload => new WorkloadView(workload.Address, workload.InFlight))]);
        }
    }

    private static RouteDomain Check(RouteEntry route)
    {
        var domain = RouteDomain.TryParse(route.Domain) ?? throw GatewayProblems.BadDomain(route.Domain);
        return RouteEntry.IsWorkload(route.Address) ? domain : throw GatewayProblems.BadAddress(route.Address);
    }

    private void Keep(IEnumerable<RouteEntry> routes)
    {
        var table = new RouteTable(
            RouteTable.CurrentFormat,
            _table.Revision + 1,
            [.. routes.OrderBy(route => route.Domain, StringComparer.Ordinal)]);
        _store.Save(table);
        _table = table;
        Swap();
        _tell();
    }

    private static RouteView View(RouteEntry route, DomainTraffic traffic) => new(route, traffic.Requests, traffic.Failed);

    private void Swap()
    {
        _traffic = _table.Routes.ToDictionary(
            route => route.Domain, route => _traffic.GetValueOrDefault(route.Domain) ?? new DomainTraffic(), StringComparer.Ordinal);
        var routes = _table.Routes.Select(route => Live(route, _traffic[route.Domain])).ToList();
        var candidates = _candidates.Values.Select(candidate => Live(candidate, new DomainTraffic())).ToList();

        _public = new RouteMap(routes);
        _private = new RouteMap([.. candidates, .. routes.Where(route => !_candidates.ContainsKey(route.Entry.Domain))]);

        // Only now: a request that met the old map and entered is seen here, one that enters from now on looks again.
        Interlocked.MemoryBarrier();
        var routed = routes.Concat(candidates).Select(route => route.Workload).ToHashSet();
        _workloads = _workloads.Where(known => routed.Contains(known.Value) || known.Value.InFlight > 0).ToDictionary();
    }

    private LiveRoute Live(RouteEntry entry, DomainTraffic traffic)
    {
        if (!_workloads.TryGetValue(entry.Address, out var workload))
        {
            _workloads[entry.Address] = workload = new Workload(entry.Address);
        }

        return new LiveRoute(entry, RouteDomain.TryParse(entry.Domain)!, workload, traffic);
    }

    // A host whose last route is gone needs its certificate no longer; should it come back, it gets a new one.
    private void Forget(string domain)
    {
        if (RouteDomain.TryParse(domain) is { } gone && !_private.Knows(gone.Host))
        {
            _certificates.Forget(gone.Host);
        }
    }
}

/// <summary>What the table says of itself, at one moment.</summary>
internal sealed record RoutingReport(
    long Revision,
    IReadOnlyList<RouteView> Routes,
    IReadOnlyList<RouteEntry> Candidates,
    IReadOnlyList<WorkloadView> Workloads);
