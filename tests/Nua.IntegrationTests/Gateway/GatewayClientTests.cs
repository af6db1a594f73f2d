using Nua.Api;
using Nua.Core.Problems;
using Nua.Drivers.Routing;
using Nua.Engine.Routing;
using Nua.Testing.Contracts;
using Xunit;

namespace Nua.IntegrationTests.Gateway;

/// <summary>The real gateway, over its sockets, keeps the contract.</summary>
public sealed class GatewayClientTests : GatewayContract, IAsyncLifetime
{
    private readonly Running _running = new();
    private readonly List<BackEnd> _backEnds = [];

    protected override IGateway Gateway => _running.Client;

    public ValueTask InitializeAsync() => _running.InitializeAsync();

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    [Fact]
    public async Task No_gateway_says_where_it_was_looked_for()
    {
        var nowhere = NuaHome.Under("/nowhere");
        using var client = new GatewayClient(nowhere);

        var failure = await Assert.ThrowsAsync<NuaException>(() => client.ListAsync(Cancellation));

        Assert.Equal("gateway.unreachable", failure.Problem.Code);
        Assert.Equal(ProblemKind.Unavailable, failure.Problem.Kind);
        Assert.Contains(nowhere.GatewaySocket, failure.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_counted_per_domain_across_switches()
    {
        var blue = await _running.PublishAsync("guestbook.test");
        using var visitor = OpenPublicDoor();
        await visitor.GetStringAsync(new Uri("https://guestbook.test/"), Cancellation);
        var green = await _running.PublishAsync("guestbook.test");
        await green.DisposeAsync();
        using var failed = await visitor.GetAsync(new Uri("https://guestbook.test/"), Cancellation);

        var state = await _running.Client.StateAsync(Cancellation);

        var route = Assert.Single(state.Routes);
        Assert.Equal((2, 1), (route.Requests, route.Failed));
        Assert.NotEqual(blue.Address, route.Route.Address);
    }

    protected override async Task<Uri> StartWorkloadAsync(string name)
    {
        var backEnd = await _running.StartBackEndAsync(name);
        _backEnds.Add(backEnd);
        return backEnd.Address;
    }

    protected override void LetGo() => _backEnds.ForEach(backEnd => backEnd.LetGo());

    protected override HttpClient OpenPublicDoor() => _running.Visitor();

    private sealed class Running : GatewayFixture
    {
        /// <summary>Wants to see what is answered where no certificate can have the name; they have tests of their own.</summary>
        public HttpClient Visitor() => OpenVisitor(anyName: true);
    }
}
