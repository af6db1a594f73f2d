using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>An authority with one below it, which makes certificates of any kind.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _below;

    public TestAuthority()
    {
        Root = Make("CN=Root", issuer: null, isAuthority: true, [], DateTimeOffset.UtcNow.AddYears(-3), DateTimeOffset.UtcNow.AddYears(10)).Certificate;
        _below = Make("CN=Below", Root, isAuthority: true, [], DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(5)).Certificate;
    }

    public X509Certificate2 Root { get; }

    /// <summary>PEM of the one that signs.</summary>
    public string Below => _below.ExportCertificatePem();

    /// <summary>A certificate and its key, PEM.</summary>
    public (string Certificate, string Key) Issue(double days, params string[] names)
    {
        var (certificate, key) = Make(
            $"CN={names[0]}", _below, isAuthority: false, names, DateTimeOffset.UtcNow.AddDays(-60), DateTimeOffset.UtcNow.AddDays(days));
        using (certificate)
        {
            return (certificate.ExportCertificatePem(), key);
        }
    }

    public void Dispose()
    {
        Root.Dispose();
        _below.Dispose();
    }

    private static (X509Certificate2 Certificate, string Key) Make(
        string subject, X509Certificate2? issuer, bool isAuthority, IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (names.Count > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            names.ToList().ForEach(alternatives.AddDnsName);
            request.CertificateExtensions.Add(alternatives.Build());
        }

        if (issuer is null)
        {
            return (request.CreateSelfSigned(from, until), key.ExportPkcs8PrivateKeyPem());
        }

        using var made = request.Create(issuer, from, until, RandomNumberGenerator.GetBytes(12));
        return (made.CopyWithPrivateKey(key), key.ExportPkcs8PrivateKeyPem());
    }
}
