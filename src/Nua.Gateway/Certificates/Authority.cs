using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Nua.Gateway.Certificates;

/// <summary>
/// A certificate authority of this machine: a certificate for everybody to read and a key for the gateway alone. It is made
/// once and lives ten years; files that are damaged are put aside and replaced, which clients notice: they have to trust anew.
/// </summary>
internal sealed class Authority
{
    private readonly X509Certificate2 _certificate;

    private Authority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>
    /// Reads the authority, or makes one that people see as <paramref name="name"/> and that may speak for the names, for all if
    /// there are none. The key lies beside the certificate, in a file that ends in <c>.key</c>.
    /// </summary>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public static Authority Open(
        string certificateFile, string name, IReadOnlyList<string> names, TimeProvider clock, ILogger log)
    {
        var keyFile = Path.ChangeExtension(certificateFile, ".key");
        var (certificate, key) = (StateFile.TryRead(certificateFile), StateFile.TryRead(keyFile));
        if (TryLoad(certificate, key, clock) is { } known)
        {
            return new Authority(known);
        }

        if (certificate is not null)
        {
            log.AuthorityReplaced(certificateFile, StateFile.PutAside(certificateFile));
        }

        // A random part keeps apart the authorities that somebody trusts: clients look them up by name.
        var made = CertificateProfile.CreateAuthority($"{name} {RandomNumberGenerator.GetHexString(6, lowercase: true)}", names, clock.GetUtcNow());
        StateFile.Write(keyFile, Encoding.ASCII.GetBytes(made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
        StateFile.Write(certificateFile, Encoding.ASCII.GetBytes(made.ExportCertificatePem() + "\n"), isPublic: true);
        return new Authority(made);
    }

    public X509Certificate2 Issue(string host, DateTimeOffset now) => CertificateProfile.CreateLeaf(host, _certificate, now);

    /// <summary>Whether this authority made the certificate, for that host, with enough of its life left.</summary>
    public bool Vouches(X509Certificate2 leaf, string host, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = (now + CertificateProfile.RenewBefore).UtcDateTime;
        return leaf.HasPrivateKey && leaf.MatchesHostname(host) && chain.Build(leaf);
    }

    private static X509Certificate2? TryLoad(byte[]? certificate, byte[]? key, TimeProvider clock)
    {
        if (certificate is null || key is null)
        {
            return null;
        }

        try
        {
            var known = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(certificate), Encoding.ASCII.GetString(key));
            var needed = clock.GetUtcNow() + CertificateProfile.LeafLife + CertificateProfile.RenewBefore;
            return known.NotAfter.ToUniversalTime() > needed.UtcDateTime ? known : null;
        }
        catch (Exception damage) when (damage is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
