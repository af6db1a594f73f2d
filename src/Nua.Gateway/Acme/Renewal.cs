using System.Security.Cryptography.X509Certificates;

namespace Nua.Gateway.Acme;

/// <summary>When a certificate is renewed: when its authority says so (RFC 9773), else when a third of its life is left.</summary>
internal static class Renewal
{
    /// <summary>What an authority calls a certificate of its own in a question about its renewal (RFC 9773, section 4.1).</summary>
    /// <returns><see langword="null"/>: it does not say whose key signed it, so there is nothing to ask.</returns>
    public static string? IdOf(X509Certificate2 certificate)
    {
        var issuer = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        return issuer is null ? null : $"{Base64Url.Of(issuer.Value.Span)}.{Base64Url.Of(certificate.SerialNumberBytes.Span)}";
    }

    /// <summary>When, if the authority says nothing.</summary>
    public static DateTimeOffset WithoutAdvice(X509Certificate2 certificate)
    {
        var (from, until) = Life(certificate);
        return until - ((until - from) / 3);
    }

    /// <summary>A moment of the window that the authority suggests, the same at each look, so that not all come at once.</summary>
    /// <param name="window">What it suggests.</param>
    /// <param name="share">Where in the window, from 0 to 1.</param>
    public static DateTimeOffset Within(RenewalWindow window, double share) =>
        window.End > window.Start ? window.Start + ((window.End - window.Start) * share) : window.Start;

    /// <summary>What the authority says, unless that is no sooner than the certificate's end: such advice would let it lapse.</summary>
    public static DateTimeOffset At(X509Certificate2 certificate, RenewalWindow? window, double share)
    {
        var usual = WithoutAdvice(certificate);
        if (window is null)
        {
            return usual;
        }

        var advised = Within(window, share);
        var (_, until) = Life(certificate);
        return advised < until ? advised : usual;
    }

    private static (DateTimeOffset From, DateTimeOffset Until) Life(X509Certificate2 certificate) =>
        (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
}
