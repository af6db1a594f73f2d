using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nua.Api;

/// <summary>HTTP over the server's Unix socket: bodies go out, answers come back typed, refusals as <see cref="ApiException"/>.</summary>
public sealed class ApiConnection(string socket) : IDisposable
{
    /// <summary>How soon either end notices that the other is gone.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private static readonly Uri Address = new("ws://nua/");

    // Not every command asks the server, and each pays for what it starts.
    private readonly Lazy<HttpClient> _http = new(() => new HttpClient(
        new SocketsHttpHandler { ConnectCallback = (_, stop) => ConnectAsync(socket, stop), UseProxy = false })
    {
        BaseAddress = new Uri("http://nua/"),
        Timeout = Timeout.InfiniteTimeSpan,
    });

    /// <summary>How long the server may take before it answers: said with every request, as RFC 7240 has it.</summary>
    public TimeSpan Wait { get; set; }

    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

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
        await using var lines = JsonSerializer.DeserializeAsyncEnumerable(body, json, topLevelValues: true, cancellation)
            .GetAsyncEnumerator(cancellation);
        while (await NextAsync(lines))
        {
            yield return lines.Current!;
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
        var web = new ClientWebSocket();
        (web.Options.KeepAliveInterval, web.Options.KeepAliveTimeout) = (KeepAlive, KeepAlive);
        try
        {
            await web.ConnectAsync(new Uri(Address, path), _http.Value, cancellation);
            return new FrameSocket(web);
        }
        catch (WebSocketException failure)
        {
            web.Dispose();
            throw new ApiException(
                failure.InnerException is HttpRequestException unanswered ? WhyUnanswered(unanswered) : ClientProblems.Gone(), failure);
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

    private static async Task<bool> NextAsync<T>(IAsyncEnumerator<T> lines)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or JsonException)
        {
            throw new ApiException(ClientProblems.Gone(), failure);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Wait > TimeSpan.Zero)
        {
            request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={Math.Ceiling(Wait.TotalSeconds)}"));
        }

        try
        {
            var response = await _http.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? response : throw await RefusalAsync(response, cancellation);
        }
        catch (HttpRequestException failure)
        {
            throw new ApiException(WhyUnanswered(failure), failure);
        }
    }

    private ProblemView WhyUnanswered(HttpRequestException failure) => failure.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => ClientProblems.Forbidden(socket),
        SocketException => ClientProblems.Unreachable(socket),
        _ => ClientProblems.Gone(),
    };

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

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
