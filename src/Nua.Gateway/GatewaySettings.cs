using System.Net;
using System.Net.Sockets;
using Nua.Api;

namespace Nua.Gateway;

/// <summary>What the operator chose.</summary>
internal sealed record GatewaySettings(NuaHome Home, IReadOnlyList<IPEndPoint> Http, IReadOnlyList<IPEndPoint> Https)
{
    public const string HttpOption = "--http";
    public const string HttpsOption = "--https";

    public const string Help =
        """
        Usage: nua-gateway [--http ADDRESS:PORT]... [--https ADDRESS:PORT]...

        The public door: takes the visitors' requests and sends each to the workload of its domain.
        The server tells it the routes; it keeps them, and serves without the server.

          --http ADDRESS:PORT    where plain HTTP is answered (repeatable; [::]:80 when no address is given at all)
          --https ADDRESS:PORT   where HTTPS is answered (repeatable; [::]:443 when no address is given at all)
          --version              print the version
          --help                 print this

        [::] stands for every address of the machine, IPv4 included. NUA_HOME moves the state and the sockets.

        Example: nua-gateway --http 0.0.0.0:8080 --https 0.0.0.0:8443
        Exit codes: 0 ended in order, 2 usage, 8 a port or the state is not available.
        """;

    private static readonly IPAddress EveryAddress = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <exception cref="GatewayException"><c>gateway.bad-usage</c></exception>
    public static GatewaySettings Parse(IReadOnlyList<string> arguments, NuaHome home)
    {
        var http = new List<IPEndPoint>();
        var https = new List<IPEndPoint>();
        for (var index = 0; index < arguments.Count; index += 2)
        {
            var addresses = arguments[index] switch
            {
                HttpOption => http,
                HttpsOption => https,
                var other => throw GatewayProblems.BadUsage($"'{other}' is not an option."),
            };
            addresses.Add(ReadEndPoint(arguments[index], arguments.ElementAtOrDefault(index + 1)));
        }

        return http.Count + https.Count == 0
            ? new GatewaySettings(home, [new IPEndPoint(EveryAddress, 80)], [new IPEndPoint(EveryAddress, 443)])
            : new GatewaySettings(home, http, https);
    }

    private static IPEndPoint ReadEndPoint(string option, string? text) =>
        text is not null && NamesPort(text) && IPEndPoint.TryParse(text, out var endPoint)
            ? endPoint
            : throw GatewayProblems.BadUsage($"{option} needs ADDRESS:PORT, not '{text}'.");

    // Without this a bare number would be read as an IPv4 address, and a bare address as one with port 0.
    private static bool NamesPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == colon);
    }
}
