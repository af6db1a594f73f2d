using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nua.Gateway.Certificates;

/// <summary>A certificate with its key, and those that vouch for it, the nearest first.</summary>
internal sealed record KeyedCertificate(X509Certificate2 Leaf, IReadOnlyList<X509Certificate2> Chain)
{
    /// <summary>The names that it speaks for, in lower case, a wildcard as <c>*.example.org</c>.</summary>
    public IReadOnlyList<string> Names { get; } = NamesOf(Leaf);

    public DateTimeOffset NotAfter => new(Leaf.NotAfter);

    /// <summary>What stands in a PEM text: the certificate, those that vouch for it, and its key.</summary>
    /// <exception cref="CryptographicException">It is something else, or the key is another's.</exception>
    /// <exception cref="ArgumentException">The key is of another kind.</exception>
    public static KeyedCertificate Parse(string pem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        return new KeyedCertificate(X509Certificate2.CreateFromPem(pem, pem), [.. chain.Skip(1)]);
    }

    /// <summary>Whether it speaks for a name: one of its own, or one label below a wildcard.</summary>
    public bool Covers(string name) => Names.Contains(name) || Names.Contains(Wildcard.Over(name));

    public bool IsGoodAt(DateTimeOffset moment) => moment >= new DateTimeOffset(Leaf.NotBefore) && moment < NotAfter;

    /// <summary>As handshakes need it; nothing is fetched from anywhere to complete it.</summary>
    public SslStreamCertificateContext ToContext() => SslStreamCertificateContext.Create(Leaf, [.. Chain], offline: true);

    private static IReadOnlyList<string> NamesOf(X509Certificate2 leaf) =>
        [.. leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames()).Select(name => name.ToLowerInvariant())];
}
