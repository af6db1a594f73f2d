using System.Net.Security;
using System.Security.Authentication;

namespace Nua.Api;

/// <summary>A server elsewhere: TLS, and a token that nobody gets but whom the certificate proves to be that server.</summary>
/// <param name="url">Its remote door: <c>https://HOST:PORT/</c></param>
/// <param name="trust">How its certificate is known.</param>
/// <param name="token">The token.</param>
public sealed class RemoteServer(Uri url, CertificateTrust trust, string token) : ServerPlace
{
    /// <inheritdoc />
    public override Uri Url => url;

    /// <inheritdoc />
    public override string? Token => token;

    /// <inheritdoc />
    public override HttpMessageHandler Open() => new SocketsHttpHandler
    {
        // A token goes to whom it is for, and nowhere else that an answer may name.
        AllowAutoRedirect = false,
        Expect100ContinueTimeout = TimeSpan.FromSeconds(5),
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = trust.Policy,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => trust.Accepts(certificate, errors),
        },
    };

    /// <inheritdoc />
    public override ProblemView WhyUnanswered(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError when failure.InnerException is AuthenticationException =>
            ClientProblems.OtherCertificate(url),
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError =>
            ClientProblems.Unreachable(url, failure.InnerException?.Message ?? failure.Message),
        _ => ClientProblems.Gone(),
    };
}
