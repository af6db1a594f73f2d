using Nua.Api;
using Nua.Gateway.Issuing;
using Nua.Gateway.Issuing.Dns;
using Xunit;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>Answers in the DNS, against BIND, and what is looked up there before an authority is asked.</summary>
public sealed class DnsTests : IssuingFixture
{
    private Bind _bind = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _bind.DisposeAsync();
    }

    [Fact]
    public async Task A_wildcard_is_proven_by_dynamic_update_and_shown_for_the_names_below()
    {
        await RouteAsync("shop.example.org");
        await RouteAsync("blog.example.org");
        await AskAsync(WithUpdates(_bind.Key) with { Wildcards = ["*.example.org"] });

        await GivenAsync("*.example.org");

        Assert.Equal(await AssertServedAsync("shop.example.org"), await AssertServedAsync("blog.example.org"));
        Assert.Equal("pebble", (await WaitAsync("blog.example.org", _ => true)).Authority);
        Assert.Empty(await _bind.TextsAsync("_acme-challenge.example.org", Cancellation));
    }

    [Fact]
    public async Task A_server_that_does_not_know_the_key_is_named_as_the_reason()
    {
        var foreign = $"key \"nua\" {{ algorithm hmac-sha256; secret \"{Convert.ToBase64String(new byte[32])}\"; }};";
        await RouteAsync("shop.example.org");
        await AskAsync(WithUpdates(foreign) with { Challenges = ["dns-01"] });

        var view = await WaitAsync("shop.example.org", view => view.Failures > 0);

        Assert.Contains("nsupdate ended with", view.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(new byte[32]), view.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_publishes_and_withdraws_with_its_secrets_in_its_environment_alone()
    {
        var folder = Directory.CreateTempSubdirectory("nua-hook-");
        var (hook, key, said) = (Path.Combine(folder.FullName, "hook"), Path.Combine(folder.FullName, "key"), Path.Combine(folder.FullName, "said"));
        await File.WriteAllTextAsync(
            hook,
            $$"""
            #!/bin/sh
            echo "$*" >> {{said}}
            printf '%s' "$DNS_KEY" > {{key}}
            [ "$2" = publish ] && change="update add $3. 1 IN TXT \"$4\"" || change="update delete $3. IN TXT \"$4\""
            printf 'server 127.0.0.1 {{_bind.Port}}\n%s\nsend\n' "$change" | nsupdate -k {{key}}
            """,
            Cancellation);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var program = new DnsProgramEntry([hook, "mine"], new Dictionary<string, string> { ["DNS_KEY"] = _bind.Key });
        await RouteAsync("shop.example.org");
        await AskAsync(WithUpdates(_bind.Key) with { Dns = new DnsEntry(null, program), Challenges = ["dns-01"] });

        await GivenAsync("shop.example.org");

        var lines = await File.ReadAllLinesAsync(said, Cancellation);
        folder.Delete(recursive: true);
        Assert.StartsWith("mine publish _acme-challenge.shop.example.org ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("mine withdraw _acme-challenge.shop.example.org ", lines[^1], StringComparison.Ordinal);
        Assert.Empty(await _bind.TextsAsync("_acme-challenge.shop.example.org", Cancellation));
    }

    [Fact]
    public async Task A_name_that_the_dns_does_not_lead_here_costs_no_request()
    {
        var silent = new AuthorityEntry("silent", new Uri("https://127.0.0.1:1/dir"));
        await RouteAsync("lost.example.org");
        await RouteAsync("away.example.org");
        await AskAsync(WithUpdates(_bind.Key) with { Authorities = [silent], Preflight = new PreflightEntry(HttpPort) });

        var lost = await WaitAsync("lost.example.org", view => view.Failures > 0);
        var away = await WaitAsync("away.example.org", view => view.Failures > 0);

        Assert.Contains("no address of lost.example.org", lost.Problem, StringComparison.Ordinal);
        Assert.Contains("away.example.org leads to 127.0.0.2", away.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("silent", lost.Problem + away.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_leads_here_passes()
    {
        await RouteAsync("shop.example.org");
        await AskAsync(WithUpdates(_bind.Key) with { Preflight = new PreflightEntry(HttpPort) });

        await GivenAsync("shop.example.org");

        await AssertServedAsync("shop.example.org");
    }

    [Fact]
    public async Task The_nearest_policy_on_the_way_up_says_who_may()
    {
        var view = new DnsView([_bind.Address]);

        var near = await view.PolicyAsync("deep.strict.example.org", Cancellation);
        var far = await view.PolicyAsync("shop.example.org", Cancellation);

        Assert.Equal(("strict.example.org", true), (near.Place, near.Permits(["ca.example.net"], isWildcard: false)));
        Assert.False(near.Permits(["other.example.net"], isWildcard: false));
        Assert.Equal("example.org", far.Place);
        var preflight = new Preflight(view, new HttpChallenges(), "http-01", HttpPort);
        var refusal = await Assert.ThrowsAsync<UnprovenException>(
            () => preflight.CheckPolicyAsync("*.strict.example.org", ["other.example.net"], Cancellation));
        Assert.Contains("CAA records of strict.example.org", refusal.Message, StringComparison.Ordinal);
    }

    internal override async Task<Pebble> StartAuthorityAsync()
    {
        _bind = await Bind.StartAsync(
            Cancellation,
            "shop IN A 127.0.0.1",
            "blog IN A 127.0.0.1",
            "away IN A 127.0.0.2",
            "@ IN CAA 0 iodef \"mailto:operator@example.org\"",
            "strict IN CAA 0 issue \"ca.example.net; policy=ev\"");
        return await Pebble.StartAsync(HttpPort, [], Cancellation, HttpsPort, _bind.Port);
    }

    private CertificateSettings WithUpdates(string key) => new([Authority.Entry])
    {
        Dns = new DnsEntry(new DnsUpdateEntry(_bind.Address, key), Program: null),
        Resolvers = [_bind.Address],
    };
}
