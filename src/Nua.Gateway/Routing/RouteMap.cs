using System.Collections.Frozen;

namespace Nua.Gateway.Routing;

/// <summary>Finds the route of a request. It never changes: a change is a new map.</summary>
internal sealed class RouteMap
{
    private readonly FrozenDictionary<string, LiveRoute[]>.AlternateLookup<ReadOnlySpan<char>> _byHost;

    public RouteMap(IEnumerable<LiveRoute> routes)
    {
        var hosts = routes
            .GroupBy(route => route.Domain.Host, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(
                host => host.Key,
                host => host.OrderByDescending(route => route.Domain.Path.Length).ToArray(),
                StringComparer.OrdinalIgnoreCase);
        _byHost = hosts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static RouteMap Empty { get; } = new([]);

    public bool Knows(ReadOnlySpan<char> host) => _byHost.ContainsKey(host);

    /// <summary>The route with the longest path that covers the request's; paths count by whole segments, as written.</summary>
    public LiveRoute? Find(ReadOnlySpan<char> host, ReadOnlySpan<char> path)
    {
        if (_byHost.TryGetValue(host, out var routes))
        {
            foreach (var route in routes)
            {
                if (route.Domain.CoversPath(path))
                {
                    return route;
                }
            }
        }

        return null;
    }
}
