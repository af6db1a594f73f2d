using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nua.Gateway.Certificates;

/// <summary>What stands in the certificates that we make ourselves.</summary>
internal static class CertificateProfile
{
    public static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);
    public static readonly TimeSpan LeafLife = TimeSpan.FromDays(90);

    /// <summary>An authority or a leaf with less than this to live is replaced; for an authority, a leaf's whole life comes on top.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>Who we are in the certificates we make; no public authority may write it.</summary>
    public const string Organization = "Nua";

    /// <summary>RFC 4519, section 2.19.</summary>
    public const string OrganizationOid = "2.5.4.10";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AcmeIdentifierOid = "1.3.6.1.5.5.7.1.31";
    private const string NameConstraintsOid = "2.5.29.30";
    private const int LongestCommonName = 64;
    private const int SerialLength = 16;
    private const int IPv4AndMask = 8;
    private const int IPv6AndMask = 32;

    // Clocks of clients may run behind ours.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);

    /// <summary>An authority that signs servers' certificates directly, limited to the names if there are any.</summary>
    public static X509Certificate2 CreateAuthority(string commonName, IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(commonName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (names.Count > 0)
        {
            request.CertificateExtensions.Add(NameConstraints(names));
        }

        return request.CreateSelfSigned(now - ClockSkew, now + AuthorityLife);
    }

    public static X509Certificate2 CreateLeaf(string host, X509Certificate2 issuer, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(host), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));

        // The clock may have been set back since the authority was made.
        var from = Later(now - ClockSkew, new DateTimeOffset(issuer.NotBefore));
        using var certificate = request.Create(issuer, from, from + ClockSkew + LeafLife, RandomNumberGenerator.GetBytes(SerialLength));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>What answers a challenge (RFC 8737, section 3): signed by itself, for the one name, with the answer in it.</summary>
    public static X509Certificate2 CreateChallenge(string host, byte[] answer, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(host), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(answer);
        request.CertificateExtensions.Add(new X509Extension(AcmeIdentifierOid, writer.Encode(), critical: true));
        return request.CreateSelfSigned(now - ClockSkew, now + ClockSkew);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // A common name holds 64 characters, a host name up to 253; clients read the alternative name only.
    private static X500DistinguishedName Name(string commonName)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName(Organization);
        if (commonName.Length <= LongestCommonName)
        {
            name.AddCommonName(commonName);
        }

        return name.Build();
    }

    /// <summary>RFC 5280, 4.2.1.10: these DNS names and what is below them, and no IP address at all.</summary>
    private static X509Extension NameConstraints(IReadOnlyList<string> names)
    {
        var dnsName = new Asn1Tag(TagClass.ContextSpecific, 2);
        var ipAddress = new Asn1Tag(TagClass.ContextSpecific, 7);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                foreach (var name in names)
                {
                    using var subtree = writer.PushSequence();
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, name, dnsName);
                }
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            {
                foreach (var everything in new[] { IPv4AndMask, IPv6AndMask })
                {
                    using var subtree = writer.PushSequence();
                    writer.WriteOctetString(new byte[everything], ipAddress);
                }
            }
        }

        return new X509Extension(NameConstraintsOid, writer.Encode(), critical: true);
    }
}
