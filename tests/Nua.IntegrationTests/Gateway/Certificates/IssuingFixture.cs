using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Routing;
using Xunit;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>A gateway, an authority that refuses a fifth of all messages, and something behind every name.</summary>
public abstract class IssuingFixture : GatewayFixture
{
    protected const string Broken = "broken.example.net";

    private BackEnd _backEnd = null!;

    internal ShiftedClock Shifted { get; } = new();

    internal Pebble Authority { get; set; } = null!;

    protected override TimeProvider Clock => Shifted;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _backEnd = await StartBackEndAsync("shop");
        Authority = await StartAuthorityAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Authority.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal virtual Task<Pebble> StartAuthorityAsync() => Pebble.StartAsync(HttpPort, [Broken], Cancellation, HttpsPort);

    protected Task AskAsync() => AskAsync(new CertificateSettings([Authority.Entry]));

    protected Task AskAsync(CertificateSettings settings) => Client.SetAuthoritiesAsync(settings, Cancellation);

    protected Task RouteAsync(string domain) => Client.PublishAsync(new Route(domain, _backEnd.Address, "app", 1), Cancellation);

    internal Task<CertificateView> GivenAsync(string host) => WaitAsync(host, view => view is { NotAfter: not null, Authority: not null });

    internal async Task<CertificateView> WaitAsync(string host, Func<CertificateView, bool> isThere)
    {
        while (true)
        {
            var view = (await Client.CertificatesAsync(Cancellation)).Single(view => view.Host == host);
            if (isThere(view))
            {
                return view;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    protected static async Task<string> RefusedAsync(Task work) => (await Assert.ThrowsAsync<NuaException>(() => work)).Problem.Code;

    /// <summary>Shakes hands as a visitor does who trusts the authority alone; answers with the certificate's number.</summary>
    protected async Task<string> AssertServedAsync(string host)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(await Authority.RootAsync(Cancellation));
        await using var stream = await Visiting.ShakeHandsAsync(
            HttpsPort, new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = trust }, Cancellation);
        return stream.RemoteCertificate!.GetSerialNumberString();
    }

    /// <summary>The time of this machine, and some days.</summary>
    internal sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
