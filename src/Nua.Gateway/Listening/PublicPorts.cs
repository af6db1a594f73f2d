using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nua.Gateway.Listening;

/// <summary>The ports visitors use. A port that was asked for as 0 is known once its listener is bound.</summary>
internal sealed class PublicPorts
{
    private readonly List<ListenOptions> _http = [];
    private readonly List<ListenOptions> _https = [];

    public IReadOnlyList<int> Http => PortsOf(_http);

    public IReadOnlyList<int> Https => PortsOf(_https);

    /// <summary>Where visitors of plain HTTP are sent; null when there is no HTTPS.</summary>
    public int? ForRedirects => _https.Count == 0 ? null : PortOf(_https[0]);

    /// <summary>Where this machine itself meets what visitors meet; null when there is no HTTPS.</summary>
    public IPEndPoint? HttpsDoor => _https.Count == 0 ? null : FromHere((IPEndPoint)_https[0].EndPoint);

    public void AddHttp(ListenOptions listener) => _http.Add(listener);

    public void AddHttps(ListenOptions listener) => _https.Add(listener);

    private static List<int> PortsOf(List<ListenOptions> listeners) => [.. listeners.Select(PortOf).Distinct()];

    private static IPEndPoint FromHere(IPEndPoint door) =>
        door.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, door.Port)
        : door.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, door.Port)
        : door;

    private static int PortOf(ListenOptions listener) => ((IPEndPoint)listener.EndPoint).Port;
}
