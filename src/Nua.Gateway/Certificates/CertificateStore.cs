using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nua.Api;

namespace Nua.Gateway.Certificates;

/// <summary>
/// The certificate of every host: in memory for handshakes, in <c>certificates</c> for the next start. It is one that the operator
/// brought, or else one that an authority gave to the host or to a wildcard over it, or else one made by an authority of this machine,
/// anew when it is missing, damaged or old.
/// </summary>
internal sealed class CertificateStore(NuaHome home, TimeProvider clock, ILogger<CertificateStore> log)
{
    private readonly ConcurrentDictionary<string, Served> _served = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, KeyedCertificate?> _given = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _making = new();
    private Authority? _local;
    private Authority? _interim;
    private Action _tell = () => { };

    /// <summary>Those that the operator brought.</summary>
    public ImportedCertificates Imported { get; } = new(Path.Combine(home.GatewayState, "certificates", "imported"), clock, log);

    /// <summary>Has somebody told, from now on, when hosts show other certificates; it is done while they are held, so it has to be quick.</summary>
    public void TellChanges(Action tell) => _tell = tell;

    /// <summary>What to show a client that asks for the host. Completes at once unless the certificate has to be read or made.</summary>
    public ValueTask<SslStreamCertificateContext> ForAsync(string host) =>
        FromMemory(host) is { } served
            ? ValueTask.FromResult(served.Context)
            : new ValueTask<SslStreamCertificateContext>(Task.Run(() => FromDiskOrNew(host).Context));

    /// <summary>Has the certificate at hand before the first visitor comes.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public void Prepare(string host) => Held(host);

    /// <summary>The certificate that is shown for a host, and whence it is.</summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public (KeyedCertificate Certificate, CertificateOrigin Origin) Held(string host)
    {
        var served = FromMemory(host) ?? FromDiskOrNew(host);
        return (served.Certificate, served.Origin);
    }

    /// <summary>
    /// The host is not served any more. A certificate that was given stays on the disk: should the host come back, no authority has
    /// to be asked for what it gave already.
    /// </summary>
    public void Forget(string host)
    {
        lock (_making)
        {
            if (_served.TryRemove(host, out var served) && served.Origin is CertificateOrigin.Own)
            {
                StateFile.Delete(FileOf(host));
            }
        }
    }

    /// <summary>Shows a certificate of an authority from the next handshake on, also after a restart.</summary>
    /// <param name="name">The name, which may be a wildcard.</param>
    /// <param name="pem">The certificate, those that vouch for it, and its key.</param>
    /// <exception cref="CryptographicException">It is not for the name, has no key, or is not good now.</exception>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public X509Certificate2 Install(string name, string pem)
    {
        var given = KeyedCertificate.Parse(pem);
        if (!IsGood(given, name))
        {
            throw new CryptographicException($"The certificate is not one for {name} that is good now.");
        }

        lock (_making)
        {
            StateFile.Write(FileOf(name), Encoding.ASCII.GetBytes(pem));
            _given[name] = given;
            Reconsider(given);
            return given.Leaf;
        }
    }

    /// <summary>Shows a certificate of the operator's from the next handshake on, also after a restart.</summary>
    /// <exception cref="GatewayException"><c>gateway.import-…</c>, <c>gateway.state-unusable</c></exception>
    public KeyedCertificate Import(string certificates, string key)
    {
        var (certificate, pem) = ImportCheck.Check(certificates, key, clock.GetUtcNow());
        lock (_making)
        {
            Imported.Keep(certificate, pem);
            Reconsider(certificate);
            return certificate;
        }
    }

    /// <summary>Shows those certificates of the operator's no longer that have the very name.</summary>
    /// <exception cref="GatewayException"><c>gateway.not-imported</c>, <c>gateway.state-unusable</c></exception>
    public IReadOnlyList<KeyedCertificate> Remove(string name)
    {
        lock (_making)
        {
            var gone = Imported.Remove(name);
            foreach (var one in gone)
            {
                Reconsider(one);
            }

            return gone.Count > 0 ? gone : throw GatewayProblems.NotImported(name);
        }
    }

    /// <summary>The certificate that an authority gave to the very name; <see langword="null"/>: none did, or it ended.</summary>
    public X509Certificate2? GivenTo(string name) => Given(name)?.Leaf;

    private KeyedCertificate? Given(string name)
    {
        if (!_given.TryGetValue(name, out var given))
        {
            lock (_making)
            {
                given = _given[name] = TryLoad(name) is { } known && !IsOwn(known.Leaf) ? known : null;
            }
        }

        return given is not null && IsGood(given, name) ? given : null;
    }

    /// <summary>Hosts that a certificate covers look anew for what to show.</summary>
    private void Reconsider(KeyedCertificate changed)
    {
        foreach (var host in _served.Keys.Where(changed.Covers))
        {
            _served.TryRemove(host, out _);
        }

        _tell();
    }

    private Served? FromMemory(string host) =>
        _served.TryGetValue(host, out var served) && clock.GetUtcNow() < served.LookAgainAt ? served : null;

    private Served FromDiskOrNew(string host)
    {
        lock (_making)
        {
            return FromMemory(host) ?? (_served[host] = Choose(host));
        }
    }

    private Served Choose(string host)
    {
        if (Imported.For(host) is { } imported)
        {
            return Foreign(imported, CertificateOrigin.Imported);
        }

        return (Given(host) ?? Given(Wildcard.Over(host))) is { } given ? Foreign(given, CertificateOrigin.Given) : OwnOf(host);
    }

    // Until its last moment: whoever looks after it renews it long before.
    private static Served Foreign(KeyedCertificate certificate, CertificateOrigin origin) =>
        new(certificate, certificate.ToContext(), certificate.NotAfter, origin);

    private Served OwnOf(string host)
    {
        var authority = AuthorityFor(host);
        var own = TryLoad(host) is { } known && authority.Vouches(known.Leaf, host, clock.GetUtcNow()) ? known.Leaf : Make(host, authority);
        return new Served(
            new KeyedCertificate(own, []),
            SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true),
            new DateTimeOffset(own.NotAfter) - CertificateProfile.RenewBefore,
            CertificateOrigin.Own);
    }

    // What the local authority may not speak for gets a stand-in that nobody is asked to trust, until a public certificate comes.
    private Authority AuthorityFor(string host) => LocalNames.Cover(host)
        ? _local ??= Authority.Open(home.AuthorityCertificate, "Nua local authority", LocalNames.Suffixes, clock, log)
        : _interim ??= Authority.Open(home.InterimAuthorityCertificate, "Nua interim authority, do not trust", [], clock, log);

    private KeyedCertificate? TryLoad(string name)
    {
        if (StateFile.TryRead(FileOf(name)) is not { } bytes)
        {
            return null;
        }

        try
        {
            return KeyedCertificate.Parse(Encoding.ASCII.GetString(bytes));
        }
        catch (Exception damage) when (damage is CryptographicException or ArgumentException)
        {
            log.CertificateDamaged(name);
            return null;
        }
    }

    private bool IsGood(KeyedCertificate certificate, string name) =>
        certificate.Leaf.HasPrivateKey && certificate.Covers(name) && certificate.NotAfter > clock.GetUtcNow();

    private static bool IsOwn(X509Certificate2 certificate) => certificate.IssuerName.EnumerateRelativeDistinguishedNames()
        .Any(part => part.GetSingleElementType().Value == CertificateProfile.OrganizationOid && part.GetSingleElementValue() == CertificateProfile.Organization);

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

    private string FileOf(string name) => Path.Combine(home.GatewayState, "certificates", Wildcard.ToFileName(name));

    private sealed record Served(
        KeyedCertificate Certificate, SslStreamCertificateContext Context, DateTimeOffset LookAgainAt, CertificateOrigin Origin);
}

/// <summary>Whence a certificate is.</summary>
internal enum CertificateOrigin
{
    /// <summary>An authority of this machine made it.</summary>
    Own,

    /// <summary>A certificate authority gave it.</summary>
    Given,

    /// <summary>The operator brought it.</summary>
    Imported,
}
