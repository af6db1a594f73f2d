using Nua.Api;

namespace Nua.Gateway.Routing;

/// <summary>A route in use: its entry, taken apart once, with the counters it shares with its predecessors.</summary>
internal sealed class LiveRoute(RouteEntry entry, RouteDomain domain, Workload workload, DomainTraffic traffic)
{
    public RouteEntry Entry { get; } = entry;

    public RouteDomain Domain { get; } = domain;

    public Workload Workload { get; } = workload;

    public DomainTraffic Traffic { get; } = traffic;

    /// <summary>The workload's address as a request's begin: <c>http://172.18.0.3:8000</c>.</summary>
    public string Destination { get; } = entry.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether browsers may be told to insist on HTTPS.</summary>
    public bool IsPublicName { get; } = entry.Tls && !Certificates.LocalNames.Cover(domain.Host);
}
