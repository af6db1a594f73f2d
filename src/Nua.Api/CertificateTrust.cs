using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nua.Api;

/// <summary>How a server's certificate is known: by its fingerprint, by an authority in a file, or by those this machine trusts.</summary>
public sealed class CertificateTrust
{
    private const string Prefix = "sha256:";

    private readonly string? _fingerprint;

    private CertificateTrust(string? fingerprint, X509ChainPolicy? policy) => (_fingerprint, Policy) = (fingerprint, policy);

    /// <summary>Whom this machine trusts.</summary>
    public static CertificateTrust OfThisMachine { get; } = new(null, null);

    /// <summary>How chains are followed; <see langword="null"/>: as this machine does.</summary>
    internal X509ChainPolicy? Policy { get; }

    /// <summary>That certificate and no other, whatever it says of itself.</summary>
    /// <param name="fingerprint">As <see cref="TryNormalise"/> answers it.</param>
    public static CertificateTrust Of(string fingerprint) => new(fingerprint, null);

    /// <summary>Certificates that an authority in a PEM file vouches for, and for the name that was asked for.</summary>
    /// <exception cref="ApiException"><c>server.authority-unusable</c></exception>
    public static CertificateTrust OfAuthority(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ApiException(ClientProblems.AuthorityUnusable(file, failure.Message), failure);
        }

        return new CertificateTrust(null, policy);
    }

    /// <summary>
    /// A SHA-256 fingerprint in the one form in which they are compared, from what people and tools write;
    /// <see langword="null"/>: it is none.
    /// </summary>
    public static string? TryNormalise(string text)
    {
        var plain = text.Trim();
        plain = plain.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? plain[Prefix.Length..] : plain;
        plain = plain.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain.Length == 2 * SHA256.HashSizeInBytes && plain.All(char.IsAsciiHexDigitLower) ? $"{Prefix}{plain}" : null;
    }

    /// <summary>The fingerprint of a certificate.</summary>
    public static string FingerprintOf(X509Certificate certificate) =>
        $"{Prefix}{Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256))}";

    /// <summary>Whether a server that shows it may be spoken with.</summary>
    internal bool Accepts(X509Certificate? certificate, SslPolicyErrors errors) =>
        _fingerprint is null ? errors is SslPolicyErrors.None : certificate is not null && FingerprintOf(certificate) == _fingerprint;
}
