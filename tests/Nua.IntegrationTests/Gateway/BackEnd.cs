using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Nua.IntegrationTests.Gateway;

/// <summary>A small application to stand behind the gateway; what it answers is told at each path below.</summary>
internal sealed class BackEnd : IAsyncDisposable
{
    private readonly string _name;
    private readonly WebApplication _server;
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BackEnd(string name)
    {
        _name = name;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _server = builder.Build();
        _server.UseWebSockets();
        _server.Run(AnswerAsync);
    }

    public Uri Address => new(_server.Urls.Single() + "/");

    public static async Task<BackEnd> StartAsync(string name)
    {
        var backEnd = new BackEnd(name);
        await backEnd._server.StartAsync(CancellationToken.None);
        return backEnd;
    }

    public void LetGo() => _release.TrySetResult();

    /// <summary>Ends at once, whatever is under way, as a container does that is killed.</summary>
    public Task KillAsync() => _server.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        LetGo();
        await _server.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/held" => HeldAsync(context),
        "/slow" => SlowAsync(context),
        "/away" => RedirectAsync(context),
        "/cookie" => context.Response.WriteAsync(context.Request.Headers.Cookie.ToString()),
        "/headers" => HeadersAsync(context),
        "/chat" => ChatAsync(context),
        "/events" => EventsAsync(context),
        "/count" => CountAsync(context),
        "/plenty" => PlentyAsync(context),
        "/abort" => AbortAsync(context),
        _ => context.Response.WriteAsync($"{_name} {context.Features.Get<IHttpRequestFeature>()!.RawTarget}"),
    };

    /// <summary>Answers when it is let go.</summary>
    private async Task HeldAsync(HttpContext context)
    {
        await _release.Task;
        await context.Response.WriteAsync($"{_name} /held");
    }

    /// <summary>Takes as long as a page with a few queries.</summary>
    private async Task SlowAsync(HttpContext context)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        await context.Response.WriteAsync($"{_name} /slow");
    }

    private static Task RedirectAsync(HttpContext context)
    {
        context.Response.Cookies.Append("visited", "yes");
        context.Response.Redirect("/");
        return Task.CompletedTask;
    }

    /// <summary>Answers with the request's headers, one a line, in lower case.</summary>
    private static Task HeadersAsync(HttpContext context) =>
        context.Response.WriteAsync(string.Concat(context.Request.Headers.Select(
            header => $"{header.Key.ToLowerInvariant()}: {header.Value}\n")));

    /// <summary>Repeats what it is told, with its name before it.</summary>
    private async Task ChatAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: WebSocketMessageType.Text } message)
        {
            var answer = $"{_name}: {Encoding.UTF8.GetString(buffer, 0, message.Count)}";
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(answer), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    /// <summary>Sends one event at once and a second when it is let go.</summary>
    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("data: first\n\n");
        await context.Response.Body.FlushAsync();
        await _release.Task;
        await context.Response.WriteAsync("data: second\n\n");
    }

    /// <summary>Answers with how many bytes it was sent.</summary>
    private static async Task CountAsync(HttpContext context)
    {
        var count = 0L;
        var buffer = new byte[64 * 1024];
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and var read)
        {
            count += read;
        }

        await context.Response.WriteAsync(count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Sends <c>?megabytes=N</c>.</summary>
    private static async Task PlentyAsync(HttpContext context)
    {
        var megabyte = new byte[1024 * 1024];
        var count = int.Parse(context.Request.Query["megabytes"]!, System.Globalization.CultureInfo.InvariantCulture);
        for (var sent = 0; sent < count; sent++)
        {
            await context.Response.Body.WriteAsync(megabyte);
        }
    }

    /// <summary>Hangs up without an answer.</summary>
    private static Task AbortAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
