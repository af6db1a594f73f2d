using System.Net;
using System.Net.WebSockets;
using System.Text;
using Nua.Engine.Routing;
using Xunit;

namespace Nua.IntegrationTests.Gateway;

/// <summary>A change of routes is invisible to those whose requests are under way, and to everybody else.</summary>
public sealed class SwitchTests : GatewayFixture
{
    private const int Visitors = 500;
    private const int Switches = 20;

    [Fact]
    public async Task No_request_of_500_visitors_fails_while_20_versions_replace_each_other_and_are_killed()
    {
        var serving = await PublishAsync("app.test");
        using var over = new CancellationTokenSource();
        var visits = Enumerable.Range(0, Visitors).Select(number => VisitAsync(number, over.Token)).ToList();
        var answered = 0L;
        while ((answered = (await Client.StateAsync(Cancellation)).Routes[0].Requests) < Visitors)
        {
            await Task.Yield();
        }

        for (var deployment = 2; deployment <= Switches + 1; deployment++)
        {
            var next = await StartBackEndAsync("app");
            await Client.PublishAsync(new Route("app.test", next.Address, "app", deployment), Cancellation);
            Assert.Equal(0, await Client.DrainAsync(serving.Address, TimeSpan.FromMinutes(1), Cancellation));
            await serving.KillAsync();
            serving = next;
        }

        await over.CancelAsync();
        var failures = (await Task.WhenAll(visits)).SelectMany(failed => failed).ToList();
        var route = Assert.Single((await Client.StateAsync(Cancellation)).Routes);
        Assert.Empty(failures);
        Assert.Equal(0, route.Failed);
        Assert.True(route.Requests > answered, "Nobody visited during the switches.");
    }

    [Fact]
    public async Task A_conversation_goes_on_with_the_version_it_began_with()
    {
        var old = await PublishAsync("old.test");
        using var socket = await ChatAsync(new Uri("wss://old.test/chat"));
        var green = await StartBackEndAsync("new");
        await Client.PublishAsync(new Route("old.test", green.Address, "app", 2), Cancellation);

        Assert.Equal("old: still there?", await SayAsync(socket, "still there?"));
        Assert.Equal("new /", await OpenVisitor().GetStringAsync(new Uri("https://old.test/"), Cancellation));
        Assert.Equal(1, await Client.DrainAsync(old.Address, TimeSpan.Zero, Cancellation));

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        Assert.Equal(0, await Client.DrainAsync(old.Address, TimeSpan.FromMinutes(1), Cancellation));
    }

    [Fact]
    public async Task A_conversation_over_http_2_works_as_well()
    {
        await PublishAsync("chat.test");

        using var socket = await ChatAsync(new Uri("wss://chat.test/chat"), HttpVersion.Version20);

        Assert.Equal("chat: hello", await SayAsync(socket, "hello"));
    }

    [Fact]
    public async Task Routes_survive_a_restart_of_the_gateway_without_the_server()
    {
        await PublishAsync("app.test");
        await PublishAsync("app.test/below");
        await Client.OfferAsync(new Route("candidate.test", new Uri("http://127.0.0.1:9/"), "app", 2), Cancellation);
        var before = await Client.ListAsync(Cancellation);

        await StopGatewayAsync();
        await StartGatewayAsync();

        Assert.Equal(before, await Client.ListAsync(Cancellation));
        Assert.Empty((await Client.StateAsync(Cancellation)).Candidates);
        Assert.Equal("app /", await OpenVisitor().GetStringAsync(new Uri("https://app.test/"), Cancellation));
    }

    [Fact]
    public async Task Routes_that_were_damaged_are_put_aside_and_can_be_told_again()
    {
        await PublishAsync("app.test");
        await StopGatewayAsync();
        var file = Path.Combine(Home.GatewayState, "routes.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancellation))[..^9], Cancellation);

        await StartGatewayAsync();

        Assert.Empty(await Client.ListAsync(Cancellation));
        Assert.True(File.Exists(file + ".damaged"));
        await PublishAsync("app.test");
        Assert.Equal("app /", await OpenVisitor().GetStringAsync(new Uri("https://app.test/"), Cancellation));
    }

    private async Task<List<string>> VisitAsync(int number, CancellationToken over)
    {
        var failures = new List<string>();
        var visitor = OpenVisitor(number % 2 == 0 ? HttpVersion.Version11 : HttpVersion.Version20);
        while (!over.IsCancellationRequested)
        {
            try
            {
                // Every third one sends something: such a request cannot be repeated behind its back.
                using var answer = (number % 3) switch
                {
                    0 => await visitor.PostAsync(new Uri("https://app.test/count"), new StringContent("five!"), Cancellation),
                    1 => await visitor.GetAsync(new Uri("https://app.test/slow"), Cancellation),
                    _ => await visitor.GetAsync(new Uri("https://app.test/"), Cancellation),
                };
                var body = await answer.Content.ReadAsStringAsync(Cancellation);
                if (answer.StatusCode != HttpStatusCode.OK || body is not ("app /" or "app /slow" or "5"))
                {
                    failures.Add($"{(int)answer.StatusCode} {body}");
                }
            }
            catch (HttpRequestException failure)
            {
                failures.Add(failure.ToString());
            }
        }

        return failures;
    }

    private async Task<ClientWebSocket> ChatAsync(Uri address, Version? version = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = version ?? HttpVersion.Version11;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(address, OpenVisitor(), Cancellation);
        return socket;
    }

    private static async Task<string> SayAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancellation);
        var buffer = new byte[1024];
        var answer = await socket.ReceiveAsync(buffer, Cancellation);
        return Encoding.UTF8.GetString(buffer, 0, answer.Count);
    }
}
