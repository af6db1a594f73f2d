using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Nua.Api;

/// <summary>Looks at the certificate that a server shows, and says nothing to it.</summary>
/// <param name="Fingerprint">Its SHA-256.</param>
/// <param name="Trusted">Whether this machine trusts it for that name.</param>
public sealed record CertificateProbe(string Fingerprint, bool Trusted)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="ApiException"><c>server.unreachable</c></exception>
    public static async Task<CertificateProbe> LookAsync(Uri url, CancellationToken cancellation)
    {
        CertificateProbe? seen = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(url.IdnHost, url.Port, patience.Token);
            await using var tls = new SslStream(connection.GetStream());
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = url.IdnHost,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    seen = certificate is null
                        ? null
                        : new CertificateProbe(CertificateTrust.FingerprintOf(certificate), errors is SslPolicyErrors.None);
                    return seen is not null;
                },
            };
            await tls.AuthenticateAsClientAsync(options, patience.Token);
            return seen!;
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException)
        {
            throw new ApiException(ClientProblems.Unreachable(url, failure.Message), failure);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new ApiException(ClientProblems.Unreachable(url, "nothing was heard for 20 seconds"), failure);
        }
    }
}
