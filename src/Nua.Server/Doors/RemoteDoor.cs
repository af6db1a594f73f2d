using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Server.Settings;

namespace Nua.Server.Doors;

/// <summary>Where the API is asked from elsewhere: TLS, for those with a token.</summary>
/// <param name="listen">Where it listens.</param>
/// <param name="certificate">What it shows.</param>
internal sealed class RemoteDoor(IReadOnlyList<IPEndPoint> listen, DoorCertificate certificate)
{
    private const int MostConnections = 1000;
    private const int MostOfAnAddress = 100;

    private static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    private readonly ConnectionShares _shares = new(MostOfAnAddress);

    /// <summary>Where it is, and how it is known.</summary>
    public DoorStatus Status => new([.. listen.Select(end => end.ToString())], certificate.Fingerprint);

    /// <summary>As the operator set it; <see langword="null"/>: it is shut.</summary>
    /// <exception cref="NuaException"><c>server.certificate-unusable</c></exception>
    public static RemoteDoor? Of(NuaHome home, ApiSettings settings, ILogger log)
    {
        if (settings.Listen.Count == 0)
        {
            return null;
        }

        var certificate = settings is { Certificate: { } file, Key: { } key }
            ? DoorCertificate.In(file, key, log)
            : DoorCertificate.OwnIn(home.DoorState, log);
        return new RemoteDoor([.. settings.Listen.Select(IPEndPoint.Parse)], certificate);
    }

    /// <summary>Has the web server listen there, too.</summary>
    public void Open(KestrelServerOptions kestrel)
    {
        // Each place where it listens counts for itself: a flood here keeps nobody from the socket.
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        foreach (var end in listen)
        {
            kestrel.Listen(end, options =>
            {
                options.Protocols = HttpProtocols.Http1;
                options.Use(next => connection => ShareAsync(connection, next));
                options.UseHttps(new TlsHandshakeCallbackOptions { HandshakeTimeout = Handshake, OnConnection = _ => ShowAsync() });
            });
        }
    }

    private async Task ShareAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = connection.RemoteEndPoint is IPEndPoint remote ? Origin.NameOf(remote.Address) : "";
        if (!_shares.TryTake(address))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            _shares.Return(address);
        }
    }

    private ValueTask<SslServerAuthenticationOptions> ShowAsync() => ValueTask.FromResult(new SslServerAuthenticationOptions
    {
        ServerCertificateContext = certificate.Current,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    });
}
