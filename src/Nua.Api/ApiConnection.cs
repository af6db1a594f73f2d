using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nua.Api;

/// <summary>HTTP with a server: bodies go out, answers come back typed, refusals as <see cref="ApiException"/>.</summary>
/// <param name="place">Where the server is; asked when it is first spoken with.</param>
public sealed class ApiConnection(Func<ServerPlace> place) : IDisposable
{
    /// <summary>How soon either end notices that the other is gone.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    /// <summary>How no other document begins.</summary>
    private const string ProblemLine = $"{{\"type\":\"{ProblemView.TypePrefix}";

    // Not every command asks the server, and each pays for what it starts.
    private Spoken? _spoken;

    /// <summary>How long the server may take before it answers: said with every request, as RFC 7240 has it.</summary>
    public TimeSpan Wait { get; set; }

    public void Dispose() => _spoken?.Http.Dispose();

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> json, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, content: null, json, cancellation);

    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> json, CancellationToken cancellation)
    {
        using var response = await AskAsync(method, path, content, cancellation);
        try
        {
            return (await response.Content.ReadFromJsonAsync(json, cancellation))!;
        }
        catch (JsonException failure)
        {
            throw new ApiException(ClientProblems.NotUnderstood((int)response.StatusCode), failure);
        }
    }

    public async IAsyncEnumerable<T> StreamAsync<T>(
        string path, JsonTypeInfo<T> json, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await AskAsync(HttpMethod.Get, path, content: null, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        using var lines = new StreamReader(body);
        while (await NextAsync(lines, cancellation) is { } line)
        {
            yield return Read(line, json);
        }
    }

    /// <summary>Writes a body that is not JSON, as it comes.</summary>
    public async Task CopyAsync(string path, Stream target, CancellationToken cancellation)
    {
        using var response = await AskAsync(HttpMethod.Get, path, content: null, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[1 << 16];
        for (int read; (read = await ReadAsync(body, buffer, cancellation)) > 0;)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }

    /// <summary>Opens a WebSocket.</summary>
    public async Task<FrameSocket> OpenSocketAsync(string path, CancellationToken cancellation)
    {
        var (server, http) = _spoken ??= Spoken.With(place());
        var web = new ClientWebSocket();
        (web.Options.KeepAliveInterval, web.Options.KeepAliveTimeout) = (KeepAlive, KeepAlive);
        try
        {
            await web.ConnectAsync(server.SocketAt(path), http, cancellation);
            return new FrameSocket(web);
        }
        catch (WebSocketException failure)
        {
            web.Dispose();
            throw new ApiException(
                failure.InnerException is HttpRequestException unanswered ? server.WhyUnanswered(unanswered) : ClientProblems.Gone(), failure);
        }
    }

    // What the reader's disk says is not to be taken for the server's silence.
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw new ApiException(ClientProblems.Gone(), failure);
        }
    }

    private static async Task<string?> NextAsync(StreamReader lines, CancellationToken cancellation)
    {
        try
        {
            return await lines.ReadLineAsync(cancellation);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw new ApiException(ClientProblems.Gone(), failure);
        }
    }

    /// <summary>A stream that was ended says why in its last line.</summary>
    private static T Read<T>(string line, JsonTypeInfo<T> json)
    {
        try
        {
            return line.StartsWith(ProblemLine, StringComparison.Ordinal)
                ? throw new ApiException(JsonSerializer.Deserialize(line, ApiJson.Default.ProblemView)!)
                : JsonSerializer.Deserialize(line, json)!;
        }
        catch (JsonException failure)
        {
            throw new ApiException(ClientProblems.Gone(), failure);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        var (server, http) = _spoken ??= Spoken.With(place());
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Wait > TimeSpan.Zero)
        {
            request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={Math.Ceiling(Wait.TotalSeconds)}"));
        }

        // What is large is sent only once the server has said that it takes it.
        request.Headers.ExpectContinue = content is WrittenContent;
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? response : throw await RefusalAsync(response, cancellation);
        }
        catch (HttpRequestException failure)
        {
            throw new ApiException(server.WhyUnanswered(failure), failure);
        }
    }

    private static async Task<ApiException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using (response)
        {
            try
            {
                return new ApiException((await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemView, cancellation))!);
            }
            catch (JsonException failure)
            {
                return new ApiException(ClientProblems.NotUnderstood((int)response.StatusCode), failure);
            }
        }
    }

    private sealed record Spoken(ServerPlace Server, HttpClient Http)
    {
        public static Spoken With(ServerPlace server)
        {
            var http = new HttpClient(server.Open()) { BaseAddress = server.Url, Timeout = Timeout.InfiniteTimeSpan };
            http.DefaultRequestHeaders.Authorization = server.Token is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
            return new Spoken(server, http);
        }
    }
}
