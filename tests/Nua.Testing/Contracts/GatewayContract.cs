using System.Net;
using Nua.Core.Problems;
using Nua.Engine.Routing;
using Xunit;

namespace Nua.Testing.Contracts;

/// <summary>What every gateway promises. A new gateway is done when a subclass of this is green.</summary>
public abstract class GatewayContract
{
    protected abstract IGateway Gateway { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// Starts a workload that answers each request with its name and the request's path and query, such as <c>blue /a?b=c</c>;
    /// under <c>/held</c> only after <see cref="LetGo"/>; under <c>/away</c> with a redirect that sets a cookie;
    /// under <c>/cookie</c> with the cookies it was sent.
    /// </summary>
    protected abstract Task<Uri> StartWorkloadAsync(string name);

    /// <summary>Answers the requests that are held.</summary>
    protected abstract void LetGo();

    /// <summary>A visitor, who may ask for <c>https://domain/</c>.</summary>
    protected abstract HttpClient OpenPublicDoor();

    [Fact]
    public async Task A_published_domain_answers_at_both_doors()
    {
        await PublishAsync("guestbook.test", "blue");

        Assert.Equal("blue /a?b=c", await VisitAsync("https://guestbook.test/a?b=c"));
        Assert.Equal("blue /a?b=c", await TryPrivatelyAsync("https://guestbook.test/a?b=c"));
    }

    [Fact]
    public async Task Publishing_again_sends_visitors_to_the_new_address()
    {
        await PublishAsync("guestbook.test", "blue");
        await PublishAsync("guestbook.test", "green", deployment: 2);

        Assert.Equal("green /", await VisitAsync("https://guestbook.test/"));
        Assert.Equal(2, Assert.Single(await Gateway.ListAsync(Cancellation)).Deployment);
    }

    [Fact]
    public async Task Publishing_the_same_route_twice_is_publishing_it_once()
    {
        var route = await PublishAsync("guestbook.test", "blue");
        await Gateway.PublishAsync(route, Cancellation);

        Assert.Equal(route, Assert.Single(await Gateway.ListAsync(Cancellation)));
    }

    [Fact]
    public async Task Routes_are_listed_by_domain()
    {
        var wiki = await PublishAsync("example.test/wiki", "wiki");
        var chat = await PublishAsync("chat.test", "chat");
        var site = await PublishAsync("example.test", "site");

        Assert.Equal([chat, site, wiki], await Gateway.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_withdrawn_domain_is_not_found_and_the_others_are()
    {
        await PublishAsync("guestbook.test", "blue");
        await PublishAsync("chat.test", "chat");
        await Gateway.WithdrawAsync("guestbook.test", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("https://guestbook.test/"));
        Assert.Equal("chat /", await VisitAsync("https://chat.test/"));
    }

    [Fact]
    public async Task A_paused_domain_asks_visitors_to_come_again_until_it_is_published()
    {
        var route = await PublishAsync("guestbook.test", "blue");
        var paused = route with { Address = Route.Nowhere, Paused = true };
        await Gateway.PublishAsync(paused, Cancellation);

        using var visitor = OpenPublicDoor();
        using var answer = await visitor.GetAsync(new Uri("https://guestbook.test/"), Cancellation);
        var listed = await Gateway.ListAsync(Cancellation);
        await Gateway.PublishAsync(route, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(paused, Assert.Single(listed));
        Assert.Equal("blue /", await VisitAsync("https://guestbook.test/"));
    }

    [Fact]
    public async Task Taking_back_what_is_not_there_succeeds()
    {
        await Gateway.WithdrawAsync("nobody.test", Cancellation);
        await Gateway.RetractAsync("nobody.test", Cancellation);

        Assert.Empty(await Gateway.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_candidate_is_met_at_the_private_door_only()
    {
        await PublishAsync("guestbook.test", "blue");
        await OfferAsync("guestbook.test", "green");

        Assert.Equal("green /", await TryPrivatelyAsync("https://guestbook.test/"));
        Assert.Equal("blue /", await VisitAsync("https://guestbook.test/"));
        Assert.Equal(1, Assert.Single(await Gateway.ListAsync(Cancellation)).Deployment);
    }

    [Fact]
    public async Task A_candidate_needs_no_public_route()
    {
        await OfferAsync("new.test", "green");

        Assert.Equal("green /", await TryPrivatelyAsync("https://new.test/"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("https://new.test/"));
    }

    [Fact]
    public async Task A_retracted_candidate_makes_way_for_the_public_route()
    {
        await PublishAsync("guestbook.test", "blue");
        await OfferAsync("guestbook.test", "green");
        await Gateway.RetractAsync("guestbook.test", Cancellation);

        Assert.Equal("blue /", await TryPrivatelyAsync("https://guestbook.test/"));
    }

    [Fact]
    public async Task The_longest_path_wins_and_is_taken_off()
    {
        await PublishAsync("example.test", "site");
        await PublishAsync("example.test/wiki", "wiki");
        await PublishAsync("example.test/wiki/old", "old");

        Assert.Equal("site /wikipedia", await VisitAsync("https://example.test/wikipedia"));
        Assert.Equal("wiki /page?q=1", await VisitAsync("https://example.test/wiki/page?q=1"));
        Assert.Equal("wiki /", await VisitAsync("https://example.test/wiki"));
        Assert.Equal("old /", await VisitAsync("https://example.test/wiki/old/"));
    }

    [Fact]
    public async Task A_path_route_alone_leaves_the_rest_of_the_host_not_found()
    {
        await PublishAsync("example.test/wiki", "wiki");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("https://example.test/"));
    }

    [Theory]
    [InlineData("Guestbook.test")]
    [InlineData("guestbook.test/")]
    [InlineData("https://guestbook.test")]
    [InlineData("guestbook.test:8443")]
    [InlineData("guestbook.test/../x")]
    [InlineData("gäste.test")]
    [InlineData("192.168.1.20")]
    [InlineData("")]
    public async Task What_is_no_domain_is_refused(string domain)
    {
        var route = new Route(domain, new Uri("http://127.0.0.1:9/"), "guestbook", 1);

        var refusal = await Assert.ThrowsAsync<NuaException>(() => Gateway.PublishAsync(route, Cancellation));

        Assert.Equal("gateway.bad-domain", refusal.Problem.Code);
        Assert.Equal(ProblemKind.Invalid, refusal.Problem.Kind);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("http://127.0.0.1:9/below")]
    [InlineData("http://user:password@127.0.0.1:9/")]
    public async Task What_is_no_workload_is_refused(string address)
    {
        var route = new Route("guestbook.test", new Uri(address), "guestbook", 1);

        var refusal = await Assert.ThrowsAsync<NuaException>(() => Gateway.OfferAsync(route, Cancellation));

        Assert.Equal("gateway.bad-address", refusal.Problem.Code);
    }

    [Fact]
    public async Task An_address_nobody_uses_is_drained_at_once() =>
        Assert.Equal(0, await Gateway.DrainAsync(new Uri("http://127.0.0.1:9/"), TimeSpan.FromMinutes(5), Cancellation));

    [Fact]
    public async Task Draining_waits_for_what_is_under_way()
    {
        var old = await PublishAsync("guestbook.test", "blue");
        var held = VisitAsync("https://guestbook.test/held");
        await UnderWayAsync(old.Address);
        await PublishAsync("guestbook.test", "green");

        var drained = Gateway.DrainAsync(old.Address, TimeSpan.FromMinutes(1), Cancellation);
        Assert.False(drained.IsCompleted);
        LetGo();

        Assert.Equal(0, await drained);
        Assert.Equal("blue /held", await held);
    }

    [Fact]
    public async Task Draining_says_how_many_requests_outlasted_the_limit()
    {
        var old = await PublishAsync("guestbook.test", "blue");
        var held = VisitAsync("https://guestbook.test/held");
        await UnderWayAsync(old.Address);

        Assert.Equal(1, await Gateway.DrainAsync(old.Address, TimeSpan.FromMilliseconds(50), Cancellation));

        LetGo();
        Assert.Equal("blue /held", await held);
    }

    [Fact]
    public async Task The_private_door_shows_a_redirect_and_forgets_cookies()
    {
        await PublishAsync("guestbook.test", "blue");
        using var door = Gateway.OpenPrivateDoor();

        using var redirect = await door.GetAsync(new Uri("https://guestbook.test/away"), Cancellation);
        var cookies = await door.GetStringAsync(new Uri("https://guestbook.test/cookie"), Cancellation);

        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        Assert.Equal("", cookies);
    }

    [Fact]
    public async Task The_port_visitors_use_is_known() =>
        Assert.InRange(await Gateway.HttpsPortAsync(Cancellation), 1, 65535);

    private async Task<Route> PublishAsync(string domain, string workload, int deployment = 1)
    {
        var route = new Route(domain, await StartWorkloadAsync(workload), workload, deployment);
        await Gateway.PublishAsync(route, Cancellation);
        return route;
    }

    private async Task OfferAsync(string domain, string workload) =>
        await Gateway.OfferAsync(new Route(domain, await StartWorkloadAsync(workload), workload, 2), Cancellation);

    private async Task<string> VisitAsync(string address)
    {
        using var visitor = OpenPublicDoor();
        return await visitor.GetStringAsync(new Uri(address), Cancellation);
    }

    private async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var visitor = OpenPublicDoor();
        using var answer = await visitor.GetAsync(new Uri(address), Cancellation);
        return answer.StatusCode;
    }

    private async Task<string> TryPrivatelyAsync(string address)
    {
        using var door = Gateway.OpenPrivateDoor();
        return await door.GetStringAsync(new Uri(address), Cancellation);
    }

    private async Task UnderWayAsync(Uri address)
    {
        while (await Gateway.DrainAsync(address, TimeSpan.Zero, Cancellation) == 0)
        {
            await Task.Yield();
        }
    }
}
