using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nua.Api;

namespace Nua.Drivers.Routing;

/// <summary>
/// The way in for tests of what is not public yet: real TLS, under the name that the request asks for, with a certificate
/// that one of this home's own authorities must have made. No other authority counts.
/// </summary>
internal static class PrivateDoor
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static HttpClient Open(NuaHome home)
    {
        var handler = UnixSockets.Handler(home.PrivateDoorSocket);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            && certificate is X509Certificate2 shown
            && IsOurs(home, shown);
        return new HttpClient(handler);
    }

    // Read at every handshake: the door may have been opened before the gateway made its first certificate.
    private static bool IsOurs(NuaHome home, X509Certificate2 shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var authority in new[] { home.AuthorityCertificate, home.InterimAuthorityCertificate }.Where(File.Exists))
        {
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        }

        return chain.Build(shown);
    }
}
