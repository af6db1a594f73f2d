using System.Net.Security;
using Nua.Api;
using Xunit;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>Answers in a handshake, beside visitors who notice nothing.</summary>
public sealed class AlpnTests : IssuingFixture
{
    private static readonly SslApplicationProtocol Answers = new("acme-tls/1");

    [Fact]
    public async Task A_name_is_proven_in_a_handshake_while_visitors_go_in_and_out()
    {
        await RouteAsync("shop.example.org");
        await RouteAsync("other.localhost");
        var visits = VisitAsync("other.localhost");

        await AskAsync(new CertificateSettings([Authority.Entry]) { Challenges = ["tls-alpn-01"] });
        await GivenAsync("shop.example.org");

        await AssertServedAsync("shop.example.org");
        Assert.True(await visits > 0);
    }

    [Fact]
    public async Task Who_asks_for_an_answer_that_nobody_expects_gets_none()
    {
        await RouteAsync("shop.localhost");
        var asking = new SslClientAuthenticationOptions
        {
            TargetHost = "shop.localhost",
            ApplicationProtocols = [Answers],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        };

        await Assert.ThrowsAnyAsync<Exception>(() => Visiting.ShakeHandsAsync(HttpsPort, asking, Cancellation));
    }

    /// <summary>A fresh connection each time, until the name has its certificate.</summary>
    private async Task<int> VisitAsync(string host)
    {
        var visits = 0;
        while ((await Client.CertificatesAsync(Cancellation)).All(view => view.NotAfter is null))
        {
            await using var stream = await Visiting.ShakeHandsAsync(
                HttpsPort,
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
                Cancellation);
            Assert.Equal(SslApplicationProtocol.Http2, stream.NegotiatedApplicationProtocol);
            visits++;
        }

        return visits;
    }
}
