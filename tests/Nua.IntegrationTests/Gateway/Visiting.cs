using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nua.Api;

namespace Nua.IntegrationTests.Gateway;

/// <summary>Visitors of a gateway on this machine: every host name leads to it, and its authorities are the ones they trust.</summary>
internal static class Visiting
{
    public static SocketsHttpHandler Handler(NuaHome home, Func<Uri, int> port) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        SslOptions = { CertificateChainPolicy = Trust(home) },
        ConnectCallback = (context, cancellation) =>
            ConnectAsync(port(context.InitialRequestMessage.RequestUri!), cancellation),
    };

    public static X509ChainPolicy Trust(NuaHome home)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        foreach (var authority in new[] { home.AuthorityCertificate, home.InterimAuthorityCertificate }.Where(File.Exists))
        {
            trust.CustomTrustStore.ImportFromPemFile(authority);
        }

        return trust;
    }

    /// <summary>Sends the very bytes over plain HTTP and answers with all that comes back until the gateway hangs up.</summary>
    public static async Task<string> SendRawAsync(int port, string request, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(port, cancellation);
        await connection.WriteAsync(Encoding.Latin1.GetBytes(request), cancellation);
        using var reader = new StreamReader(connection, Encoding.Latin1);
        return await reader.ReadToEndAsync(cancellation);
    }

    public static async Task<SslStream> ShakeHandsAsync(
        int port, SslClientAuthenticationOptions wanted, CancellationToken cancellation)
    {
        var stream = new SslStream(await ConnectAsync(port, cancellation));
        await stream.AuthenticateAsClientAsync(wanted, cancellation);
        return stream;
    }

    private static async ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
