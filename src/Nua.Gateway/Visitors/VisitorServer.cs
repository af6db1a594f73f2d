using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nua.Gateway.Issuing;
using Nua.Gateway.Listening;
using Nua.Gateway.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Nua.Gateway.Visitors;

/// <summary>The web server for visitors: the public doors and the private one, and the limits a single visitor has.</summary>
internal static class VisitorServer
{
    public static WebApplication Build(
        GatewaySettings settings,
        RoutingTable table,
        Handshakes handshakes,
        HttpChallenges challenges,
        PublicPorts ports,
        TimeProvider clock,
        WebApplicationBuilder builder)
    {
        builder.Services.AddHttpForwarder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var connections = ConnectionBudget.OfThisProcess(settings.Http.Count + settings.Https.Count);
            Limit(kestrel.Limits, connections);
            OpenDoors(kestrel, settings, handshakes, ports, new AddressShares(connections / 4));
        });

        var server = builder.Build();
        var reception = new Reception(
            table,
            challenges,
            server.Services.GetRequiredService<IHttpForwarder>(),
            ports,
            clock,
            server.Services.GetRequiredService<ILogger<Reception>>());
        server.Lifetime.ApplicationStopped.Register(reception.Dispose);
        server.Run(reception.ServeAsync);
        return server;
    }

    private static void Limit(KestrelServerLimits limits, int connections)
    {
        // Beyond them visitors are turned away; without a bound, nobody could be served any more, and no state be written.
        limits.MaxConcurrentConnections = connections;
        limits.MaxConcurrentUpgradedConnections = connections;
        // Bodies stream through, so their size costs us nothing; the workload knows what it can take.
        limits.MaxRequestBodySize = null;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestLineSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Also the time a visitor has who connects and says nothing.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(30));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(30));
    }

    // HTTPS first: plain HTTP sends visitors to a port that has to be known by then.
    private static void OpenDoors(
        KestrelServerOptions kestrel, GatewaySettings settings, Handshakes handshakes, PublicPorts ports, AddressShares shares)
    {
        foreach (var address in settings.Https)
        {
            kestrel.Listen(address, listener =>
            {
                ports.AddHttps(listener);
                Secure(listener, Door.Https, handshakes, shares);
            });
        }

        foreach (var address in settings.Http)
        {
            kestrel.Listen(address, listener =>
            {
                ports.AddHttp(listener);
                listener.Protocols = HttpProtocols.Http1;
                Visitor.Welcome(listener, Door.Http, shares);
            });
        }

        kestrel.ListenUnixSocket(settings.Home.PrivateDoorSocket, listener => Secure(listener, Door.Private, handshakes, shares));
    }

    private static void Secure(ListenOptions listener, Door door, Handshakes handshakes, AddressShares shares)
    {
        listener.Protocols = HttpProtocols.Http1AndHttp2;
        Visitor.Welcome(listener, door, shares);
        ChallengeDoor.Watch(listener, handshakes.Challenges);
        listener.UseHttps(handshakes.For(door));
        ChallengeDoor.EndAfterAnswer(listener);
    }
}
