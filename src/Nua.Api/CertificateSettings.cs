using System.Text.Json.Serialization;

namespace Nua.Api;

/// <summary>Whom the gateway asks for certificates of public names: what the server tells it, and it keeps.</summary>
/// <param name="Authorities">The first is asked first; the next when it does not give one. None: names keep their stand-ins.</param>
public sealed record CertificateSettings(IReadOnlyList<AuthorityEntry> Authorities)
{
    public static CertificateSettings None { get; } = new([]);
}

/// <summary>A certificate authority that speaks ACME (RFC 8555).</summary>
/// <param name="Name">What the operator calls it: a DNS label.</param>
/// <param name="Directory">Its directory: <c>https://acme.example.org/directory</c>.</param>
public sealed record AuthorityEntry(string Name, Uri Directory)
{
    /// <summary>A mail address that it may write to; <see langword="null"/>: it need not know any.</summary>
    public string? Contact { get; init; }

    /// <summary>The certificates that vouch for its own door, PEM; <see langword="null"/>: those that the machine trusts.</summary>
    public string? Trust { get; init; }

    /// <summary>The account with it that vouches for ours; <see langword="null"/>: it serves everybody.</summary>
    public ExternalAccountEntry? ExternalAccount { get; init; }
}

/// <summary>External account binding (RFC 8555, section 7.3.4).</summary>
/// <param name="Id">The key's identifier.</param>
/// <param name="Key">The key, as base64url. It is a secret.</param>
public sealed record ExternalAccountEntry(string Id, string Key)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Id;
}

/// <summary>The certificate of a public name, as the gateway reports it.</summary>
/// <param name="Host">The name.</param>
/// <param name="NotAfter">When it ends; <see langword="null"/>: there is none yet, visitors meet a stand-in.</param>
/// <param name="RenewAt">When it is renewed, or first asked for.</param>
/// <param name="Authority">Who gave it.</param>
/// <param name="Failures">How often in a row no authority gave one.</param>
/// <param name="Problem">Why, the last time.</param>
public sealed record CertificateView(
    string Host, DateTimeOffset? NotAfter, DateTimeOffset? RenewAt, string? Authority, int Failures, string? Problem);

/// <summary>The answer to <c>GET /v1/certificates</c>.</summary>
public sealed record CertificateList(IReadOnlyList<CertificateView> Certificates);

/// <summary>How certificates are spoken about in JSON, between the server and the gateway.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(CertificateSettings))]
[JsonSerializable(typeof(IReadOnlyList<CertificateView>))]
public sealed partial class CertificateJson : JsonSerializerContext;
