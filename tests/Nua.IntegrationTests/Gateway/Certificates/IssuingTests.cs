using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Nua.Api;
using Nua.Engine.Routing;
using Xunit;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>Certificates of public names, by ACME from an authority that refuses a fifth of all messages.</summary>
public sealed class IssuingTests : GatewayFixture
{
    private const string Broken = "broken.example.net";

    private readonly ShiftedClock _clock = new();
    private Pebble _pebble = null!;
    private BackEnd _backEnd = null!;

    protected override TimeProvider Clock => _clock;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _backEnd = await StartBackEndAsync("shop");
        _pebble = await Pebble.StartAsync(HttpPort, [Broken], Cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        await _pebble.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_public_name_gets_a_certificate_that_visitors_trust()
    {
        await Client.SetAuthoritiesAsync(new CertificateSettings([_pebble.Entry]), Cancellation);
        await RouteAsync("shop.example.org");

        var view = await GivenAsync("shop.example.org");

        Assert.Equal("pebble", view.Authority);
        await AssertServedAsync("shop.example.org");
    }

    [Fact]
    public async Task Names_of_this_machine_are_asked_of_nobody()
    {
        await Client.SetAuthoritiesAsync(new CertificateSettings([_pebble.Entry]), Cancellation);
        await RouteAsync("shop.localhost");
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");

        Assert.Equal(["shop.example.org"], (await Client.CertificatesAsync(Cancellation)).Select(name => name.Host));
    }

    [Fact]
    public async Task Fifty_names_get_theirs_and_a_broken_one_harms_none()
    {
        var names = Enumerable.Range(1, 50).Select(number => $"n{number}.example.org").ToList();
        await RouteAsync(Broken);
        await Client.SetAuthoritiesAsync(new CertificateSettings([_pebble.Entry]), Cancellation);
        foreach (var name in names)
        {
            await RouteAsync(name);
        }

        foreach (var name in names)
        {
            await GivenAsync(name);
            await AssertServedAsync(name);
        }

        var broken = await WaitAsync(Broken, view => view.Failures > 0);
        Assert.Null(broken.NotAfter);
        Assert.Contains(Broken, broken.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_thirds_into_its_life_it_is_renewed_and_no_handshake_fails_meanwhile()
    {
        await Client.SetAuthoritiesAsync(new CertificateSettings([_pebble.Entry]), Cancellation);
        await RouteAsync("shop.example.org");
        var first = await GivenAsync("shop.example.org");
        var serial = await AssertServedAsync("shop.example.org");

        _clock.Ahead = TimeSpan.FromDays(59);
        await RouteAsync("other.example.org");
        await GivenAsync("other.example.org");
        Assert.Equal(serial, await AssertServedAsync("shop.example.org"));

        _clock.Ahead = TimeSpan.FromDays(61);
        await RouteAsync("third.example.org");
        var shown = new HashSet<string> { serial };
        while (shown.Count < 2)
        {
            shown.Add(await AssertServedAsync("shop.example.org"));
        }

        Assert.True(first.NotAfter > _clock.GetUtcNow() + TimeSpan.FromDays(28));
    }

    [Fact]
    public async Task An_authority_that_forgot_everybody_is_told_again_who_asks()
    {
        await Client.SetAuthoritiesAsync(new CertificateSettings([_pebble.Entry]), Cancellation);
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");

        await _pebble.ForgetAsync(Cancellation);
        await RouteAsync("other.example.org");

        await GivenAsync("other.example.org");
        await AssertServedAsync("other.example.org");
    }

    [Fact]
    public async Task The_key_of_an_account_that_was_lost_is_made_anew()
    {
        await Client.SetAuthoritiesAsync(new CertificateSettings([_pebble.Entry]), Cancellation);
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");

        await StopGatewayAsync();
        File.Delete(Path.Combine(Home.GatewayState, "acme", "pebble.key"));
        await StartGatewayAsync();
        await _pebble.DisposeAsync();
        _pebble = await Pebble.StartAsync(HttpPort, [], Cancellation);
        await Client.SetAuthoritiesAsync(new CertificateSettings([_pebble.Entry]), Cancellation);
        await RouteAsync("other.example.org");

        await GivenAsync("other.example.org");
        await AssertServedAsync("other.example.org");
    }

    [Fact]
    public async Task A_certificate_and_the_authorities_outlast_a_restart()
    {
        await Client.SetAuthoritiesAsync(new CertificateSettings([_pebble.Entry]), Cancellation);
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");
        var serial = await AssertServedAsync("shop.example.org");

        await StopGatewayAsync();
        await StartGatewayAsync();

        Assert.Equal(serial, await AssertServedAsync("shop.example.org"));
        var view = Assert.Single(await Client.CertificatesAsync(Cancellation));
        Assert.Equal("pebble", view.Authority);
        Assert.NotNull(view.RenewAt);
    }

    [Fact]
    public async Task The_next_authority_is_asked_when_the_first_does_not_answer()
    {
        var silent = new AuthorityEntry("silent", new Uri("https://127.0.0.1:1/dir"));
        await Client.SetAuthoritiesAsync(new CertificateSettings([silent, _pebble.Entry]), Cancellation);
        await RouteAsync("shop.example.org");

        Assert.Equal("pebble", (await GivenAsync("shop.example.org")).Authority);
    }

    private Task RouteAsync(string domain) => Client.PublishAsync(new Route(domain, _backEnd.Address, "app", 1), Cancellation);

    private Task<CertificateView> GivenAsync(string host) => WaitAsync(host, view => view is { NotAfter: not null, Authority: not null });

    private async Task<CertificateView> WaitAsync(string host, Func<CertificateView, bool> isThere)
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

    /// <summary>Shakes hands as a visitor does who trusts the authority alone; answers with the certificate's number.</summary>
    private async Task<string> AssertServedAsync(string host)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(await _pebble.RootAsync(Cancellation));
        await using var stream = await Visiting.ShakeHandsAsync(
            HttpsPort, new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = trust }, Cancellation);
        return stream.RemoteCertificate!.GetSerialNumberString();
    }

    /// <summary>The time of this machine, and some days.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
