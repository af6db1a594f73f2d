using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nua.Api;

namespace Nua.Gateway.Certificates;

/// <summary>
/// The certificate of every host: in memory for handshakes, in <c>certificates/HOST.pem</c> for the next start. It is one that was
/// given to it, or else made by an authority of this machine, anew when it is missing, damaged or old.
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

    /// <summary>
    /// The host is not served any more. A certificate that was given stays on the disk: should the host come back, no authority has
    /// to be asked for what it gave already.
    /// </summary>
    public void Forget(string host)
    {
        lock (_making)
        {
            if (_served.TryRemove(host, out var served) && served.Given is null)
            {
                StateFile.Delete(FileOf(host));
            }
        }
    }

    /// <summary>Shows this certificate from the next handshake on, also after a restart.</summary>
    /// <param name="host">The name.</param>
    /// <param name="pem">The certificate, those that vouch for it, and its key.</param>
    /// <exception cref="CryptographicException">It is not for the host, has no key, or is not good now.</exception>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public X509Certificate2 Install(string host, string pem)
    {
        var given = Serve(Parse(pem));
        if (!IsGood(given.Given!, host))
        {
            throw new CryptographicException($"The certificate is not one for {host} that is good now.");
        }

        lock (_making)
        {
            StateFile.Write(FileOf(host), Encoding.ASCII.GetBytes(pem));
            _served[host] = given;
            return given.Given!;
        }
    }

    /// <summary>The certificate that was given to a host; <see langword="null"/>: it shows one of our own making.</summary>
    public X509Certificate2? GivenTo(string host)
    {
        Prepare(host);
        return _served.GetValueOrDefault(host)?.Given;
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

            var served = TryLoad(host) ?? ServeOwn(Make(host, AuthorityFor(host)));
            _served[host] = served;
            return served.Context;
        }
    }

    // What the local authority may not speak for gets a stand-in that nobody is asked to trust, until a public certificate comes.
    private Authority AuthorityFor(string host) => LocalNames.Cover(host)
        ? _local ??= Authority.Open(home.AuthorityCertificate, "Nua local authority", LocalNames.Suffixes, clock, log)
        : _interim ??= Authority.Open(home.InterimAuthorityCertificate, "Nua interim authority, do not trust", [], clock, log);

    private Served? TryLoad(string host)
    {
        if (StateFile.TryRead(FileOf(host)) is not { } bytes)
        {
            return null;
        }

        try
        {
            var chain = Parse(Encoding.ASCII.GetString(bytes));
            return AuthorityFor(host).Vouches(chain[0], host, clock.GetUtcNow()) ? ServeOwn(chain[0])
                : !IsOwn(chain[0]) && IsGood(chain[0], host) ? Serve(chain)
                : null;
        }
        catch (Exception damage) when (damage is CryptographicException or ArgumentException)
        {
            log.CertificateDamaged(host);
            return null;
        }
    }

    private static Served ServeOwn(X509Certificate2 certificate) => new(
        SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
        new DateTimeOffset(certificate.NotAfter) - CertificateProfile.RenewBefore,
        Given: null);

    // Until its last moment: whoever looks after it renews it long before.
    private static Served Serve(X509Certificate2Collection chain) => new(
        SslStreamCertificateContext.Create(chain[0], [.. chain.Skip(1)], offline: true), new DateTimeOffset(chain[0].NotAfter), chain[0]);

    private bool IsGood(X509Certificate2 certificate, string host) =>
        certificate.HasPrivateKey
        && certificate.MatchesHostname(host)
        && new DateTimeOffset(certificate.NotAfter) > clock.GetUtcNow();

    private static bool IsOwn(X509Certificate2 certificate) => certificate.IssuerName.EnumerateRelativeDistinguishedNames()
        .Any(part => part.GetSingleElementType().Value == CertificateProfile.OrganizationOid && part.GetSingleElementValue() == CertificateProfile.Organization);

    /// <summary>The certificate with its key, and those that vouch for it.</summary>
    private static X509Certificate2Collection Parse(string pem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        chain[0] = X509Certificate2.CreateFromPem(pem, pem);
        return chain;
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

    private sealed record Served(SslStreamCertificateContext Context, DateTimeOffset RenewAt, X509Certificate2? Given);
}
