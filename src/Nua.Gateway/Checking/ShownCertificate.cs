using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Nua.Gateway.Checking;

/// <summary>What a visitor is shown in a handshake: the certificate, and those that came with it.</summary>
internal sealed record ShownCertificate(X509Certificate2 Leaf, IReadOnlyList<X509Certificate2> Others, bool IsTrustedHere) : IDisposable
{
    /// <summary>Shakes hands as a visitor does who asks for the host, and says nothing more.</summary>
    /// <exception cref="SocketException">Nobody answers.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">There is no understanding.</exception>
    public static async Task<ShownCertificate> LookAsync(IPEndPoint door, string host, CancellationToken cancellation)
    {
        ShownCertificate? shown = null;
        using var socket = new Socket(door.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(door, cancellation);
        await using var tls = new SslStream(new NetworkStream(socket));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
            RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                shown = certificate is null || chain is null ? null : Copy(certificate, chain);
                return shown is not null;
            },
        };
        await tls.AuthenticateAsClientAsync(options, cancellation);
        return shown!;
    }

    /// <summary>
    /// Whether visitors get from the certificate to one that they may know already. Whose root this machine does not know is believed
    /// as soon as somebody is there who vouches for it.
    /// </summary>
    public bool IsComplete()
    {
        var top = Leaf;
        while (!IsSelfIssued(top) && Others.FirstOrDefault(other => IsIssuer(other, top)) is { } next)
        {
            top = next;
        }

        return IsTrustedHere || top != Leaf || IsSelfIssued(top);
    }

    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var other in Others)
        {
            other.Dispose();
        }
    }

    // They live no longer than the handshake.
    private static ShownCertificate Copy(X509Certificate certificate, X509Chain chain) => new(
        X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()),
        [.. chain.ChainPolicy.ExtraStore.Select(other => X509CertificateLoader.LoadCertificate(other.RawDataMemory.Span))],
        chain.ChainStatus.All(status => (status.Status & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot)) == X509ChainStatusFlags.NoError));

    private static bool IsSelfIssued(X509Certificate2 certificate) => IsIssuer(certificate, certificate);

    private static bool IsIssuer(X509Certificate2 issuer, X509Certificate2 issued) =>
        issuer.SubjectName.RawData.AsSpan().SequenceEqual(issued.IssuerName.RawData);
}
