using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Nua.Gateway.Certificates;

/// <summary>Whether what an operator hands in can be shown to visitors.</summary>
internal static partial class ImportCheck
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>One PEM text of a certificate, those that vouch for it, and its key.</summary>
    /// <param name="certificates">PEM: its own first.</param>
    /// <param name="key">PEM, without a passphrase.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="GatewayException"><c>gateway.import-…</c></exception>
    public static (KeyedCertificate Certificate, string Pem) Check(string certificates, string key, DateTimeOffset now)
    {
        var chain = Read(certificates);
        CheckKey(chain, key);
        CheckOrder(chain);
        var pem = $"{chain.ExportCertificatePems().TrimEnd()}\n{key.Trim()}\n";
        var own = KeyedCertificate.Parse(pem);
        CheckUse(own);
        return own.IsGoodAt(now) ? (own, pem) : throw GatewayProblems.ImportNotGoodNow(own.Leaf.NotBefore, own.Leaf.NotAfter);
    }

    private static X509Certificate2Collection Read(string certificates)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(certificates);
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        return chain.Count > 0 ? chain : throw GatewayProblems.ImportUnreadable("The certificate file holds no certificate in PEM.");
    }

    private static void CheckKey(X509Certificate2Collection chain, string key)
    {
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw GatewayProblems.ImportUnreadable("The key is locked with a passphrase.");
        }

        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw GatewayProblems.ImportUnreadable("The key file holds no private key in PEM.");
        }

        var owner = chain.FirstOrDefault(one => Fits(one, key)) ?? throw GatewayProblems.ImportForeignKey(chain[0].Subject);
        if (owner != chain[0])
        {
            throw GatewayProblems.ImportOutOfOrder($"The key belongs to '{owner.Subject}', which does not come first.");
        }
    }

    private static bool Fits(X509Certificate2 certificate, string key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
            return pair.HasPrivateKey;
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static void CheckOrder(X509Certificate2Collection chain)
    {
        foreach (var (one, next) in chain.Zip(chain.Skip(1)))
        {
            if (!one.IssuerName.RawData.AsSpan().SequenceEqual(next.SubjectName.RawData))
            {
                throw GatewayProblems.ImportOutOfOrder($"'{next.Subject}' does not vouch for '{one.Subject}' before it.");
            }
        }
    }

    private static void CheckUse(KeyedCertificate own)
    {
        if (own.Names.Count == 0 || own.Names.FirstOrDefault(name => !HostName.IsMatch(name)) is not null)
        {
            throw GatewayProblems.ImportWithoutNames(own.Leaf.Subject);
        }

        var uses = own.Leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).ToList();
        if (uses.Count > 0 && uses.TrueForAll(use => use.Value != ServerAuthentication))
        {
            throw GatewayProblems.ImportNotForServers(own.Leaf.Subject);
        }
    }

    /// <summary>It names a file of ours, too.</summary>
    [GeneratedRegex(@"\A(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex HostName { get; }
}
