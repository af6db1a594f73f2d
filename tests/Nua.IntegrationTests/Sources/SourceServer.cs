using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Nua.IntegrationTests.Sources;

/// <summary>A server of archives and of git repositories, as there are on the internet.</summary>
internal sealed class SourceServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private SourceServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    /// <summary>What was asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Where repositories are served from, with git's own server program; none when it is not set.</summary>
    public string? Repositories { get; set; }

    public static async Task<SourceServer> StartAsync()
    {
        var server = new SourceServer();
        await server._server.StartAsync(CancellationToken.None);
        return server;
    }

    public string UrlOf(string path) => _server.Urls.Single() + path;

    public void Answer(string path, RequestDelegate answer) => _answers[path] = answer;

    /// <summary>Serves bytes, with a tag for them when one is given.</summary>
    public string Serve(string path, byte[] content, string? tag = null)
    {
        Answer(path, async context =>
        {
            context.Response.ContentLength = content.Length;
            if (tag is not null)
            {
                context.Response.Headers.ETag = $"\"{tag}\"";
            }

            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        });
        return UrlOf(path);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        _requests.Enqueue(path);
        if (_answers.TryGetValue(path, out var answer))
        {
            return answer(context);
        }

        if (Repositories is not null)
        {
            return RunGitAsync(context, path);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>As a web server runs a CGI program: the request in its environment and its input, the answer in its output.</summary>
    private async Task RunGitAsync(HttpContext context, string path)
    {
        var start = new ProcessStartInfo("git", ["http-backend"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["GIT_PROJECT_ROOT"] = Repositories;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = path;
        start.Environment["QUERY_STRING"] = context.Request.QueryString.Value?.TrimStart('?') ?? "";
        start.Environment["REQUEST_METHOD"] = context.Request.Method;
        start.Environment["CONTENT_TYPE"] = context.Request.ContentType ?? "";
        start.Environment["HTTP_CONTENT_ENCODING"] = context.Request.Headers.ContentEncoding.ToString();
        start.Environment["GIT_PROTOCOL"] = context.Request.Headers["Git-Protocol"].ToString();
        using var git = Process.Start(start)!;
        await context.Request.Body.CopyToAsync(git.StandardInput.BaseStream, context.RequestAborted);
        git.StandardInput.Close();

        using var output = new MemoryStream();
        await git.StandardOutput.BaseStream.CopyToAsync(output, context.RequestAborted);
        await git.WaitForExitAsync(context.RequestAborted);
        var answer = output.ToArray();
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var header in Encoding.ASCII.GetString(answer, 0, end).Split("\r\n").Select(line => line.Split(": ", 2)))
        {
            if (header[0] == "Status")
            {
                context.Response.StatusCode = int.Parse(header[1].Split(' ')[0], CultureInfo.InvariantCulture);
            }
            else
            {
                context.Response.Headers[header[0]] = header[1];
            }
        }

        await context.Response.Body.WriteAsync(answer.AsMemory(end + 4), context.RequestAborted);
    }
}
