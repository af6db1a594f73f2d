using System.Security.Cryptography.X509Certificates;

namespace Nua.Gateway.Issuing;

/// <summary>A certificate that somebody wants revoked: as soon as no visitor is shown it any more.</summary>
/// <param name="Authority">Who gave it.</param>
/// <param name="Serial">Its number.</param>
/// <param name="Certificate">DER, in base64.</param>
/// <param name="Reason">Why, as a number (RFC 5280, section 5.3.1).</param>
internal sealed record Condemned(string Authority, string Serial, string Certificate, int Reason)
{
    // 2 and 6 to 10 are for authorities.
    private static readonly Dictionary<string, int> Reasons = new(StringComparer.Ordinal)
    {
        ["unspecified"] = 0,
        ["key-compromise"] = 1,
        ["affiliation-changed"] = 3,
        ["superseded"] = 4,
        ["cessation-of-operation"] = 5,
    };

    /// <exception cref="GatewayException"><c>gateway.bad-request</c></exception>
    public static Condemned Of(X509Certificate2 certificate, string authority, string reason) => Reasons.TryGetValue(reason, out var number)
        ? new Condemned(authority, certificate.SerialNumber, Convert.ToBase64String(certificate.RawDataMemory.Span), number)
        : throw GatewayProblems.BadRequest($"'{reason}' is no reason to revoke a certificate; one of: {string.Join(", ", Reasons.Keys)}.");
}
