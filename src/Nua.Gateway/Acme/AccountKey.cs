using System.Security.Cryptography;
using System.Text;

namespace Nua.Gateway.Acme;

/// <summary>The key of an account with a certificate authority: P-256, which signs as <c>ES256</c> (RFC 7518, section 3.4).</summary>
internal sealed class AccountKey : IDisposable
{
    private readonly ECDsa _key;

    private AccountKey(ECDsa key) => _key = key;

    public static AccountKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">It is no key.</exception>
    /// <exception cref="ArgumentException">It is no PEM.</exception>
    public static AccountKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new AccountKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>The public half, its members in the order that RFC 7638 hashes them in.</summary>
    public JsonWebKey Public
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return new JsonWebKey("P-256", "EC", Base64Url.Of(point.X!), Base64Url.Of(point.Y!));
        }
    }

    /// <summary>RFC 7638: what a challenge's answer ends with.</summary>
    public string Thumbprint
    {
        get
        {
            var key = Public;
            var canonical = $$"""{"crv":"{{key.Curve}}","kty":"{{key.Type}}","x":"{{key.X}}","y":"{{key.Y}}"}""";
            return Base64Url.Of(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)));
        }
    }

    public byte[] Sign(byte[] text) => _key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => _key.Dispose();
}
