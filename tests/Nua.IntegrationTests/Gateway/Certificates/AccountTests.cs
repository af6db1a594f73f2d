using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nua.Api;
using Xunit;

namespace Nua.IntegrationTests.Gateway.Certificates;

/// <summary>What one has to do with an authority beside new certificates.</summary>
public sealed class AccountTests : IssuingFixture
{
    [Fact]
    public async Task A_certificate_is_replaced_before_it_is_revoked()
    {
        await AskAsync();
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");
        var serial = await AssertServedAsync("shop.example.org");

        await Client.RevokeCertificateAsync("shop.example.org", "key-compromise", Cancellation);

        var fresh = await AssertServedAsync("shop.example.org");
        Assert.NotEqual(serial, fresh);
        Assert.Equal(("Revoked", "Valid"), (await Authority.StatusOfAsync(serial, Cancellation), await Authority.StatusOfAsync(fresh, Cancellation)));
        Assert.Equal("gateway.bad-request", await RefusedAsync(Client.RevokeCertificateAsync("shop.example.org", "boredom", Cancellation)));
    }

    [Fact]
    public async Task What_could_not_be_revoked_at_once_is_revoked_after_a_restart()
    {
        await AskAsync();
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");
        var serial = await AssertServedAsync("shop.example.org");

        await AskAsync(new CertificateSettings([new AuthorityEntry("pebble", new Uri("https://127.0.0.1:1/dir"))]));
        Assert.Equal("gateway.not-obtained", await RefusedAsync(Client.RevokeCertificateAsync("shop.example.org", "superseded", Cancellation)));
        Assert.Equal(serial, await AssertServedAsync("shop.example.org"));
        await StopGatewayAsync();
        await StartGatewayAsync();
        await AskAsync();
        Shifted.Ahead = TimeSpan.FromHours(2);
        await AskAsync();

        while (await Authority.StatusOfAsync(serial, Cancellation) is not "Revoked")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }

        Assert.NotEqual(serial, await AssertServedAsync("shop.example.org"));
    }

    [Fact]
    public async Task An_account_gets_another_key_and_goes_on()
    {
        var key = Path.Combine(Home.GatewayState, "acme", "pebble.key");
        await AskAsync();
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");
        var before = await File.ReadAllTextAsync(key, Cancellation);

        var first = Assert.Single((await Client.RollOverAsync(authority: null, Cancellation)).Accounts);
        var after = await File.ReadAllTextAsync(key, Cancellation);
        await StopGatewayAsync();
        // As if it had been killed after the authority took the next key, and before it was in its place.
        File.Move(key, key + ".next");
        await File.WriteAllTextAsync(key, before, Cancellation);
        await StartGatewayAsync();
        await RouteAsync("other.example.org");
        await GivenAsync("other.example.org");

        Assert.NotEqual(before, after);
        Assert.Equal(after, await File.ReadAllTextAsync(key, Cancellation));
        Assert.Equal(first.Account, Assert.Single((await Client.RollOverAsync("pebble", Cancellation)).Accounts).Account);
        Assert.Equal("gateway.no-such-authority", await RefusedAsync(Client.RollOverAsync("unheard", Cancellation)));
    }

    [Fact]
    public async Task It_is_renewed_when_its_authority_says_so_although_it_is_good_for_long()
    {
        await using var adviser = await Adviser.StartAsync(Authority, Cancellation);
        await AskAsync(new CertificateSettings([Authority.Entry with { Directory = adviser.Directory }]));
        await RouteAsync("shop.example.org");
        await GivenAsync("shop.example.org");
        var serial = await AssertServedAsync("shop.example.org");
        var quiet = await WaitAsync("shop.example.org", view => adviser.Asked > 0 && view.RenewAt > DateTimeOffset.UtcNow.AddDays(1));

        adviser.Window = (DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1));
        Shifted.Ahead = TimeSpan.FromHours(2);
        await RouteAsync("wakes.example.org");

        while (await SerialNowAsync() == serial)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }

        Assert.InRange(quiet.RenewAt!.Value, adviser.FirstWindow.From, adviser.FirstWindow.Until);
    }

    private async Task<string> SerialNowAsync() => (await Client.CheckCertificatesAsync("shop.example.org", Cancellation)).Names[0].Serial!;

    /// <summary>Stands before the authority and says when to renew, which that one does not.</summary>
    private sealed class Adviser : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private int _asked;

        private Adviser(WebApplication app) => (_app, Window) = (app, FirstWindow);

        public (DateTimeOffset From, DateTimeOffset Until) FirstWindow { get; } = (DateTimeOffset.UtcNow.AddDays(20), DateTimeOffset.UtcNow.AddDays(21));

        public (DateTimeOffset From, DateTimeOffset Until) Window { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public Uri Directory => new(_app.Urls.Single() + "/dir");

        public static async Task<Adviser> StartAsync(Pebble authority, CancellationToken cancellation)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var adviser = new Adviser(app);
            app.MapGet("/dir", async context =>
            {
                var directory = JsonNode.Parse(await authority.DirectoryAsync(context.RequestAborted))!;
                directory["renewalInfo"] = app.Urls.Single() + "/renewal";
                await context.Response.WriteAsync(directory.ToJsonString(), context.RequestAborted);
            });
            app.MapGet("/renewal/{id}", context =>
            {
                Interlocked.Increment(ref adviser._asked);
                context.Response.Headers.RetryAfter = "3600";
                var (from, until) = adviser.Window;
                return context.Response.WriteAsync($$$"""{"suggestedWindow": {"start": "{{{from:O}}}", "end": "{{{until:O}}}"}}""", context.RequestAborted);
            });
            await app.StartAsync(cancellation);
            return adviser;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
