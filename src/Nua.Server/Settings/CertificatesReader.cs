using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Nua.Api;
using Nua.Core.Packages.Reading;

namespace Nua.Server.Settings;

/// <summary>Reads <c>[certificates]</c>: whom the gateway asks for certificates of public names, and how it answers them.</summary>
internal static partial class CertificatesReader
{
    /// <summary>The directories of authorities that need not be written down.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["letsencrypt"] = "https://acme-v02.api.letsencrypt.org/directory",
        ["letsencrypt-staging"] = "https://acme-staging-v02.api.letsencrypt.org/directory",
        ["zerossl"] = "https://acme.zerossl.com/v2/DV90",
    };

    private static readonly AuthorityEntry Unusable = new("unusable", new Uri("https://unusable.invalid/"));

    public static CertificateSettings Read(Section certificates)
    {
        var authorities = certificates.Tables("authority", ReadAuthority) ?? [];
        foreach (var twice in authorities.GroupBy(authority => authority.Name).Where(group => group.Skip(1).Any()))
        {
            certificates.Source.Error(SettingsProblems.AuthorityTwice(twice.Key), certificates.PlaceOf("authority"));
        }

        var dns = certificates.Table("dns", DnsReader.Read);
        return new CertificateSettings(authorities)
        {
            Wildcards = Checked(certificates, "wildcards", WildcardName, "*.example.org"),
            Challenges = ReadChallenges(certificates),
            Resolvers = ReadResolvers(certificates),
            Dns = dns,
            Preflight = certificates.Flag("preflight") ?? true ? new PreflightEntry() : null,
        };
    }

    private static IReadOnlyList<string> ReadChallenges(Section certificates) =>
        Checked(certificates, "challenges", ChallengeName, "http-01, tls-alpn-01, dns-01");

    private static IReadOnlyList<string> ReadResolvers(Section certificates) =>
        [.. Checked(certificates, "resolvers", ResolverAddress, "192.0.2.53 or [2001:db8::53]:53").Select(address => WithPort(address).ToString())];

    private static IReadOnlyList<string> Checked(Section certificates, string key, Func<string, bool> isGood, string example)
    {
        var given = certificates.OneOrMore(key);
        foreach (var bad in given.Where(one => !isGood(one)))
        {
            certificates.Source.Error(SettingsProblems.NotLike(certificates.PathOf(key), bad, example), certificates.PlaceOf(key));
        }

        return [.. given.Where(isGood)];
    }

    private static bool WildcardName(string name) => Wildcard.IsMatch(name);

    private static bool ChallengeName(string name) => name is "http-01" or "tls-alpn-01" or "dns-01";

    private static bool ResolverAddress(string text) => IPEndPoint.TryParse(text, out _);

    private static IPEndPoint WithPort(string text) =>
        IPEndPoint.Parse(text) is { Port: > 0 } complete ? complete : new IPEndPoint(IPEndPoint.Parse(text).Address, 53);

    private static AuthorityEntry ReadAuthority(Section authority)
    {
        var name = authority.RequiredText("name");
        var directory = authority.Text("directory") ?? Known.GetValueOrDefault(name);
        if (authority.Flag("agree-to-terms") is not true)
        {
            authority.Source.Error(SettingsProblems.TermsNotAgreed(name), authority.At);
        }

        if (!NameOfAuthority.IsMatch(name) || !Uri.TryCreate(directory, UriKind.Absolute, out var address) || address.Scheme is not "https")
        {
            authority.Source.Error(SettingsProblems.BadAuthority(name, directory, Known.Keys), authority.At);
            return Unusable;
        }

        return new AuthorityEntry(name, address)
        {
            Contact = authority.FilledText("contact"),
            Trust = ReadTrust(authority),
            ExternalAccount = ReadAccount(authority),
        };
    }

    private static string? ReadTrust(Section authority)
    {
        if (ReadFile(authority, "trust") is not { } pem)
        {
            return null;
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(pem);
            if (roots.Count > 0)
            {
                return pem;
            }
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        authority.Source.Error(SettingsProblems.NoCertificates(authority.PathOf("trust")), authority.PlaceOf("trust"));
        return null;
    }

    private static ExternalAccountEntry? ReadAccount(Section authority)
    {
        var (id, key) = (authority.FilledText("account-id"), ReadFile(authority, "account-key-file")?.Trim());
        if (id is null != !authority.Holds("account-key-file"))
        {
            authority.Source.Error(
                SettingsProblems.HalfAccount(authority.PathOf("account-id"), authority.PathOf("account-key-file")), authority.At);
        }

        if (key is not null && !Base64UrlText.IsMatch(key))
        {
            authority.Source.Error(SettingsProblems.BadAccountKey(authority.PathOf("account-key-file")), authority.PlaceOf("account-key-file"));
            return null;
        }

        return id is null || key is null ? null : new ExternalAccountEntry(id, key);
    }

    /// <summary>The text of the file that a key names; <see langword="null"/>, and a finding, when it cannot be read.</summary>
    public static string? ReadFile(Section authority, string key)
    {
        if (authority.FilledText(key) is not { } file)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            authority.Source.Error(SettingsProblems.FileUnreadable(authority.PathOf(key), failure.Message), authority.PlaceOf(key));
            return null;
        }
    }

    [GeneratedRegex(@"\A\*(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){2,}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Wildcard { get; }

    /// <summary>It names a file of the gateway's.</summary>
    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOfAuthority { get; }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,1024}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Base64UrlText { get; }
}
