using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nua.Api;

namespace Nua.Gateway.Acme;

/// <summary>A JSON Web Signature in the flattened form that RFC 8555, section 6.2, asks for.</summary>
/// <param name="Protected">The header, as base64url.</param>
/// <param name="Payload">What is said, as base64url; empty: nothing is, which makes it a <c>POST-as-GET</c>.</param>
/// <param name="Signature">Over both, as base64url.</param>
internal sealed record SignedMessage(string Protected, string Payload, string Signature)
{
    /// <summary>Signed by an account's key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="account">The account's address; <see langword="null"/>: the authority does not know the key yet, so all of it is told.</param>
    /// <param name="url">Where it is sent to.</param>
    /// <param name="nonce">Of the authority, for this one message; <see langword="null"/>: it travels inside another.</param>
    /// <param name="payload">JSON, or nothing.</param>
    public static SignedMessage By(AccountKey key, Uri? account, Uri url, string? nonce, string payload)
    {
        var header = new MessageHeader("ES256", url.ToString())
        {
            Key = account is null ? key.Public : null,
            Account = account?.ToString(),
            Nonce = nonce,
        };
        var (protectedHeader, body) = (Encode(header), Base64Url.Of(payload));
        return new SignedMessage(protectedHeader, body, Base64Url.Of(key.Sign(Signed(protectedHeader, body))));
    }

    /// <summary>External account binding (RFC 8555, section 7.3.4): the authority's customer vouches for the account's key.</summary>
    public static SignedMessage Binding(ExternalAccountEntry customer, AccountKey key, Uri newAccount)
    {
        var header = Encode(new MessageHeader("HS256", newAccount.ToString()) { Account = customer.Id });
        var body = Base64Url.Of(JsonSerializer.Serialize(key.Public, AcmeJson.Default.JsonWebKey));
        return new SignedMessage(header, body, Base64Url.Of(HMACSHA256.HashData(Base64Url.Read(customer.Key), Signed(header, body))));
    }

    private static string Encode(MessageHeader header) => Base64Url.Of(JsonSerializer.Serialize(header, AcmeJson.Default.MessageHeader));

    private static byte[] Signed(string header, string payload) => Encoding.ASCII.GetBytes($"{header}.{payload}");
}
