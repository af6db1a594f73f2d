using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Nua.Gateway.Certificates;
using Nua.Gateway.Issuing;
using Nua.Gateway.Routing;
using Nua.Gateway.Visitors;

namespace Nua.Gateway.Listening;

/// <summary>Answers a TLS handshake with the certificate of the name that the client asked for.</summary>
internal sealed class Handshakes(RoutingTable table, CertificateStore certificates, AlpnChallenges challenges)
{
    /// <summary>Shown for names that have no route, and to clients that name none: so that they can be told that nothing is here.</summary>
    public const string Fallback = "localhost";

    /// <summary>What is shown to authorities instead.</summary>
    public AlpnChallenges Challenges => challenges;

    public TlsHandshakeCallbackOptions For(Door door) => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        OnConnection = async handshake =>
        {
            var asked = handshake.ClientHelloInfo.ServerName;
            if (ChallengeDoor.IsForAnswer(handshake.Connection) && challenges.Find(asked) is { } answer)
            {
                return new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = answer,
                    ApplicationProtocols = [AlpnChallenges.Protocol],
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                };
            }

            var host = table.MapFor(door).Knows(asked) ? asked : Fallback;
            return new SslServerAuthenticationOptions
            {
                ServerCertificateContext = await certificates.ForAsync(host),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            };
        },
    };
}
