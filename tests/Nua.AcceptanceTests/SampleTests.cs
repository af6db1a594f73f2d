using System.Net;
using System.Net.WebSockets;
using System.Text;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>The other samples, as a visitor meets them.</summary>
public sealed class SampleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_static_site_is_served_over_https()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = new AppCopy("static-site");

        await server.NuaOkAsync("deploy", app.Folder, "--as", "site");

        using var visitor = server.Visit("site.localhost");
        using var page = await visitor.GetAsync("/", Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Two_visitors_chat_through_the_gateway()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = new AppCopy("node-chat");
        await server.NuaOkAsync("deploy", app.Folder, "--as", "chat");

        using var visitor = server.Visit("chat.localhost");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/", Cancellation)).StatusCode);
        using var invoker = new HttpMessageInvoker(server.Door());
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"wss://chat.localhost:{server.HttpsPort}/rooms/test"), invoker, Cancellation);

        Assert.Equal(WebSocketState.Open, socket.State);
        var buffer = new byte[4096];
        var greeting = await socket.ReceiveAsync(buffer, Cancellation);
        Assert.StartsWith("{", Encoding.UTF8.GetString(buffer, 0, greeting.Count));
    }
}
