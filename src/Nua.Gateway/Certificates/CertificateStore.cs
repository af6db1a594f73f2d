using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nua.Api;

namespace Nua.Gateway.Certificates;

/// <summary>
/// The certificate of every host: in memory for handshakes, in <c>certificates/HOST.pem</c> for the next start, made anew by
/// an authority of this machine when it is missing, damaged or old.
/// </summary>
internal sealed class CertificateStore(NuaHome home, TimeProvider clock, ILogger<CertificateStore> log)
{
    private readonly ConcurrentDictionary<string, Served> _served = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _making = new();
    private Authority? _local;
    private Authority? _interim;

    /// <summary>What to show a client that asks for the host. Completes at once unless the certificate has to be read or made.</summary>
    public ValueTask<SslStreamCertificateContext> ForAsync(string host) =>
        FromMemory(host) is { } context
            ? ValueTask.FromResult(context)
            : new ValueTask<SslStreamCertificateContext>(Task.Run(() => FromDiskOrNew(host)));

    /// <summary>Has the certificate at hand before the first visitor comes.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Prepare(string host)
    {
        if (FromMemory(host) is null)
        {
            FromDiskOrNew(host);
        }
    }

    public void Forget(string host)
    {
        lock (_making)
        {
            _served.TryRemove(host, out _);
            StateFile.Delete(FileOf(host));
        }
    }

    private SslStreamCertificateContext? FromMemory(string host) =>
        _served.TryGetValue(host, out var served) && clock.GetUtcNow() < served.RenewAt ? served.Context : null;

    private SslStreamCertificateContext FromDiskOrNew(string host)
    {
        lock (_making)
        {
            if (FromMemory(host) is { } madeMeanwhile)
            {
                return madeMeanwhile;
            }

            var authority = AuthorityFor(host);
            var certificate = TryLoad(host, authority) ?? Make(host, authority);
            var served = new Served(
                SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
                new DateTimeOffset(certificate.NotAfter) - CertificateProfile.RenewBefore);
            _served[host] = served;
            return served.Context;
        }
    }

    // What the local authority may not speak for gets a stand-in that nobody is asked to trust, until a public certificate comes.
    private Authority AuthorityFor(string host) => LocalNames.Cover(host)
        ? _local ??= Authority.Open(home.AuthorityCertificate, "Nua local authority", LocalNames.Suffixes, clock, log)
        : _interim ??= Authority.Open(home.InterimAuthorityCertificate, "Nua interim authority, do not trust", [], clock, log);

    private X509Certificate2? TryLoad(string host, Authority authority)
    {
        if (StateFile.TryRead(FileOf(host)) is not { } bytes)
        {
            return null;
        }

        try
        {
            var pem = Encoding.ASCII.GetString(bytes);
            var certificate = X509Certificate2.CreateFromPem(pem, pem);
            return authority.Vouches(certificate, host, clock.GetUtcNow()) ? certificate : null;
        }
        catch (Exception damage) when (damage is CryptographicException or ArgumentException)
        {
            log.CertificateDamaged(host);
            return null;
        }
    }

    private X509Certificate2 Make(string host, Authority authority)
    {
        var certificate = authority.Issue(host, clock.GetUtcNow());
        var key = certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        try
        {
            StateFile.Write(FileOf(host), Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key}\n"));
            log.CertificateMade(host, certificate.NotAfter);
        }
        catch (GatewayException full)
        {
            // A full disk must not end the service of a name; the next start makes another one.
            log.CertificateNotKept(host, full.Message);
        }

        return certificate;
    }

    private string FileOf(string host) => Path.Combine(home.GatewayState, "certificates", host.ToLowerInvariant() + ".pem");

    private sealed record Served(SslStreamCertificateContext Context, DateTimeOffset RenewAt);
}
