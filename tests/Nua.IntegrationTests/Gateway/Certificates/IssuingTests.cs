using Nua.Api;
using Xunit;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>Certificates of public names, by ACME from an authority that refuses a fifth of all messages.</summary>
public sealed class IssuingTests : IssuingFixture
{
    [Fact]
    public async Task A_public_name_gets_a_certificate_that_visitors_trust()
    {
        await AskAsync();
        await RouteAsync("shop.example.org");

        var view = await GivenAsync("shop.example.org");

        Assert.Equal("pebble", view.Authority);
        await AssertServedAsync("shop.example.org");
    }

    [Fact]
    public async Task Names_of_this_machine_are_asked_of_nobody()
    {
        await AskAsync();
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
        await AskAsync();
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
        await AskAsync();
        await RouteAsync("shop.example.org");
        var first = await GivenAsync("shop.example.org");
        var serial = await AssertServedAsync("shop.example.org");

        Shifted.Ahead = TimeSpan.FromDays(59);
        await RouteAsync("other.example.org");
        await GivenAsync("other.example.org");
        Assert.Equal(serial, await AssertServedAsync("shop.example.org"));

        Shifted.Ahead = TimeSpan.FromDays(61);
        await RouteAsync("third.example.org");
        var shown = new HashSet<string> { serial };
        while (shown.Count < 2)
        {
            shown.Add(await AssertServedAsync("shop.example.org"));
        }

        Assert.True(first.NotAfter > Shifted.GetUtcNow() + TimeSpan.FromDays(28));
    }

    [Fact]
    public async Task An_authority_that_forgot_everybody_is_told_again_who_asks()
    {
        await AskAsync();
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");

        await Authority.ForgetAsync(Cancellation);
        await RouteAsync("other.example.org");

        await GivenAsync("other.example.org");
        await AssertServedAsync("other.example.org");
    }

    [Fact]
    public async Task The_key_of_an_account_that_was_lost_is_made_anew()
    {
        await AskAsync();
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");

        await StopGatewayAsync();
        File.Delete(Path.Combine(Home.GatewayState, "acme", "pebble.key"));
        await StartGatewayAsync();
        await Authority.DisposeAsync();
        Authority = await Pebble.StartAsync(HttpPort, [], Cancellation);
        await AskAsync();
        await RouteAsync("other.example.org");

        await GivenAsync("other.example.org");
        await AssertServedAsync("other.example.org");
    }

    [Fact]
    public async Task A_certificate_and_the_authorities_outlast_a_restart()
    {
        await AskAsync();
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
    public async Task Visitors_are_shown_what_was_obtained_and_a_name_without_one_is_told_from_it()
    {
        await AskAsync();
        await RouteAsync("shop.example.org");
        await RouteAsync("shop.localhost");
        await GivenAsync("shop.example.org");
        await RouteAsync(Broken);

        var seen = (await Client.CheckCertificatesAsync(name: null, Cancellation)).Names.ToDictionary(name => name.Host);

        Assert.Equal(await AssertServedAsync("shop.example.org"), seen["shop.example.org"].Serial);
        Assert.Equal((null, null), (seen["shop.example.org"].Problem, seen["shop.localhost"].Problem));
        Assert.Contains("stand-in", seen[Broken].Problem, StringComparison.Ordinal);
        Assert.Equal(seen[Broken].Problem, (await WaitAsync(Broken, _ => true)).Served!.Problem);
        Assert.Equal("gateway.no-such-name", await RefusedAsync(Client.CheckCertificatesAsync("unheard.example.org", Cancellation)));
    }

    [Fact]
    public async Task It_is_renewed_at_once_when_somebody_says_so()
    {
        await AskAsync();
        await RouteAsync("shop.example.org");
        await RouteAsync(Broken);
        await GivenAsync("shop.example.org");
        var serial = await AssertServedAsync("shop.example.org");

        Assert.Equal("gateway.not-due", await RefusedAsync(Client.RenewCertificateAsync("shop.example.org", force: false, Cancellation)));
        await Client.RenewCertificateAsync("shop.example.org", force: true, Cancellation);

        Assert.NotEqual(serial, await AssertServedAsync("shop.example.org"));
        Assert.Equal("gateway.not-obtained", await RefusedAsync(Client.RenewCertificateAsync(Broken, force: false, Cancellation)));
        Assert.Equal("gateway.not-asked", await RefusedAsync(Client.RenewCertificateAsync("unheard.example.org", force: false, Cancellation)));
    }

    [Fact]
    public async Task The_next_authority_is_asked_when_the_first_does_not_answer()
    {
        var silent = new AuthorityEntry("silent", new Uri("https://127.0.0.1:1/dir"));
        await Client.SetAuthoritiesAsync(new CertificateSettings([silent, Authority.Entry]), Cancellation);
        await RouteAsync("shop.example.org");

        Assert.Equal("pebble", (await GivenAsync("shop.example.org")).Authority);
    }
}
