using System.Text.Json.Serialization;

namespace Nua.Api;

/// <summary>The certificate of a public name, as the gateway reports it.</summary>
/// <param name="Host">The name.</param>
/// <param name="NotAfter">When it ends; <see langword="null"/>: there is none yet, visitors meet a stand-in.</param>
/// <param name="RenewAt">When it is renewed, or first asked for; <see langword="null"/>: never.</param>
/// <param name="Authority">Who gave it.</param>
/// <param name="Failures">How often in a row no authority gave one.</param>
/// <param name="Problem">Why, the last time; or what else somebody has to see to.</param>
public sealed record CertificateView(
    string Host, DateTimeOffset? NotAfter, DateTimeOffset? RenewAt, string? Authority, int Failures, string? Problem)
{
    /// <summary>Whether the operator brought it: no authority is asked.</summary>
    public bool Imported { get; init; }

    /// <summary>How visitors met it at the last look; <see langword="null"/>: nobody looked yet.</summary>
    public ServedView? Served { get; init; }
}

/// <summary>The answer to <c>GET /v1/certificates</c>.</summary>
public sealed record CertificateList(IReadOnlyList<CertificateView> Certificates);

/// <summary>What a handshake at the public port showed for a name.</summary>
/// <param name="Host">The name.</param>
/// <param name="At">When.</param>
/// <param name="Serial">The number of the certificate; <see langword="null"/>: none was shown.</param>
/// <param name="NotAfter">When it ends.</param>
/// <param name="Problem">Why visitors are not served well; <see langword="null"/>: they are.</param>
/// <param name="Warning">What somebody has to see to before they are not.</param>
public sealed record ServedView(
    string Host, DateTimeOffset At, string? Serial, DateTimeOffset? NotAfter, string? Problem, string? Warning);

/// <summary>The answer to <c>POST /v1/certificates/check</c>.</summary>
public sealed record ServedList(IReadOnlyList<ServedView> Names)
{
    /// <summary>Whether every name is served well.</summary>
    [JsonIgnore]
    public bool AreGood => Names.All(name => name.Problem is null);
}

/// <summary>A certificate of the operator's own.</summary>
/// <param name="Certificates">PEM: the certificate, then those that vouch for it.</param>
/// <param name="Key">Its key, PEM. It is a secret.</param>
public sealed record ImportBody(string Certificates, string Key)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(ImportBody);
}

/// <summary>Certificates of the operator's, after one was brought or removed.</summary>
/// <param name="Names">The names that it speaks for.</param>
/// <param name="Serial">Its number.</param>
/// <param name="NotAfter">When it ends.</param>
public sealed record ImportedView(IReadOnlyList<string> Names, string Serial, DateTimeOffset NotAfter);

/// <summary>The answer to <c>DELETE /v1/certificates/imported/{name}</c>.</summary>
public sealed record ImportedList(IReadOnlyList<ImportedView> Certificates);

/// <summary>An account with an authority that has another key now.</summary>
/// <param name="Authority">With whom.</param>
/// <param name="Account">What it calls the account.</param>
public sealed record AccountView(string Authority, string Account);

/// <summary>The answer to <c>POST /v1/certificates/rollover</c>.</summary>
public sealed record AccountList(IReadOnlyList<AccountView> Accounts);

/// <summary>How certificates are spoken about in JSON, between the server and the gateway.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(CertificateSettings))]
[JsonSerializable(typeof(IReadOnlyList<CertificateView>))]
[JsonSerializable(typeof(CertificateView))]
[JsonSerializable(typeof(ServedList))]
[JsonSerializable(typeof(ImportBody))]
[JsonSerializable(typeof(ImportedView))]
[JsonSerializable(typeof(ImportedList))]
[JsonSerializable(typeof(AccountList))]
public sealed partial class CertificateJson : JsonSerializerContext;
