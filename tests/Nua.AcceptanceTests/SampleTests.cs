using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
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

    [Fact]
    public async Task Two_applications_of_a_package_run_as_one_instance()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = new AppCopy("two-apps");

        await server.NuaOkAsync("deploy", app.Folder, "--as", "words");

        Assert.Equal(2, (await server.ObjectsAsync("container")).Count);
        Assert.Equal([$"nua-{app.Id}:1.0", $"nua-{app.Id}__words:1.0"], (await app.ImagesAsync()).Order(StringComparer.Ordinal));
        using var visitor = server.Visit("words.localhost");
        using var suggestion = new FormUrlEncodedContent([KeyValuePair.Create("word", "lighthouse")]);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.PostAsync("/words", suggestion, Cancellation)).StatusCode);

        await server.NuaOkAsync("restart", "words");
        Assert.Contains("lighthouse", await visitor.GetStringAsync("/", Cancellation));

        app.Change("words/words.py", "\"patience\"", "\"courage\"");
        var built = await server.NuaOkAsync("build", app.Folder, "--json");
        using var result = JsonDocument.Parse(built.Output);
        Assert.False(result.RootElement.GetProperty("subApplications").GetProperty("words").GetProperty("upToDate").GetBoolean());
        await server.NuaOkAsync("deploy", $"nua-{app.Id}:1.0", "--as", "words");
        Assert.Contains("lighthouse", await visitor.GetStringAsync("/", Cancellation));

        await server.NuaOkAsync("destroy", "words", "--yes");
        Assert.Empty(await server.ObjectsAsync("container"));
        Assert.Empty(await server.ObjectsAsync("network"));
    }
}
