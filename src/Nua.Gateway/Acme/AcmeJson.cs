using System.Text.Json.Serialization;

namespace Nua.Gateway.Acme;

/// <summary>What crosses the wire between an authority and its customers (RFC 8555; RFC 9773 for renewal information).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonWebKey))]
[JsonSerializable(typeof(MessageHeader))]
[JsonSerializable(typeof(SignedMessage))]
[JsonSerializable(typeof(AcmeDirectory))]
[JsonSerializable(typeof(AcmeProblem))]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(AcmeOrder))]
[JsonSerializable(typeof(AcmeAuthorization))]
[JsonSerializable(typeof(FinalizeRequest))]
[JsonSerializable(typeof(RenewalInfo))]
[JsonSerializable(typeof(RevocationRequest))]
[JsonSerializable(typeof(KeyChangeRequest))]
internal sealed partial class AcmeJson : JsonSerializerContext;

/// <summary>RFC 7517: a public key on an elliptic curve.</summary>
internal sealed record JsonWebKey(
    [property: JsonPropertyName("crv")] string Curve, [property: JsonPropertyName("kty")] string Type, string X, string Y);

/// <summary>The header of a signed message (RFC 8555, section 6.2).</summary>
internal sealed record MessageHeader([property: JsonPropertyName("alg")] string Algorithm, string Url)
{
    [JsonPropertyName("jwk")]
    public JsonWebKey? Key { get; init; }

    [JsonPropertyName("kid")]
    public string? Account { get; init; }

    public string? Nonce { get; init; }
}

/// <summary>Where an authority answers what (RFC 8555, section 7.1.1).</summary>
internal sealed record AcmeDirectory(Uri NewNonce, Uri NewAccount, Uri NewOrder)
{
    /// <summary>RFC 9773, section 4; <see langword="null"/>: the authority does not say when to renew.</summary>
    public Uri? RenewalInfo { get; init; }

    /// <summary>RFC 8555, section 7.6.</summary>
    public Uri? RevokeCert { get; init; }

    /// <summary>RFC 8555, section 7.3.5.</summary>
    public Uri? KeyChange { get; init; }

    public DirectoryMeta? Meta { get; init; }
}

/// <summary>What an authority says of itself.</summary>
/// <param name="CaaIdentities">The names it goes by in CAA records.</param>
internal sealed record DirectoryMeta(IReadOnlyList<string>? CaaIdentities);

/// <param name="Certificate">DER, as base64url.</param>
/// <param name="Reason">RFC 5280, section 5.3.1.</param>
internal sealed record RevocationRequest(string Certificate, int Reason);

/// <summary>What a new key says to an authority about the one that it takes the place of.</summary>
internal sealed record KeyChangeRequest(string Account, JsonWebKey OldKey);

/// <summary>Why an authority refused (RFC 7807; RFC 8555, section 6.7, for the types).</summary>
internal sealed record AcmeProblem(string? Type, string? Detail)
{
    public const string BadNonce = "urn:ietf:params:acme:error:badNonce";
    public const string AccountMissing = "urn:ietf:params:acme:error:accountDoesNotExist";
    public const string AlreadyRevoked = "urn:ietf:params:acme:error:alreadyRevoked";
    public const string RateLimited = "urn:ietf:params:acme:error:rateLimited";
}

internal sealed record AcmeIdentifier(string Type, string Value)
{
    public static AcmeIdentifier Dns(string name) => new("dns", name);
}

internal sealed record AccountRequest(bool TermsOfServiceAgreed)
{
    public IReadOnlyList<string>? Contact { get; init; }

    /// <summary>Whether an account is only looked for.</summary>
    public bool? OnlyReturnExisting { get; init; }

    public SignedMessage? ExternalAccountBinding { get; init; }
}

/// <param name="Identifiers">The names.</param>
/// <param name="Replaces">The certificate it takes the place of (RFC 9773, section 5): such an order counts in no rate limit.</param>
internal sealed record OrderRequest(IReadOnlyList<AcmeIdentifier> Identifiers, string? Replaces);

/// <summary>RFC 8555, section 7.1.3.</summary>
internal sealed record AcmeOrder(string Status, IReadOnlyList<Uri> Authorizations, Uri Finalize)
{
    public Uri? Certificate { get; init; }

    public AcmeProblem? Error { get; init; }
}

/// <summary>RFC 8555, section 7.1.4: that one may speak for a name.</summary>
internal sealed record AcmeAuthorization(string Status, AcmeIdentifier Identifier, IReadOnlyList<AcmeChallenge> Challenges)
{
    public bool Wildcard { get; init; }

    /// <summary>The name as it stands in the certificate.</summary>
    public string Name => Wildcard ? $"*.{Identifier.Value}" : Identifier.Value;
}

/// <summary>One way to show it.</summary>
internal sealed record AcmeChallenge(string Type, Uri Url, string Status)
{
    public string? Token { get; init; }

    public AcmeProblem? Error { get; init; }
}

internal sealed record FinalizeRequest(string Csr);

/// <summary>When an authority wants a certificate renewed (RFC 9773, section 4.2).</summary>
internal sealed record RenewalInfo(RenewalWindow SuggestedWindow);

internal sealed record RenewalWindow(DateTimeOffset Start, DateTimeOffset End);
