using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Nua.Api;
using Nua.Core.Names;
using Nua.Engine.Access;
using Nua.Server.Doors;
using Xunit;

namespace Nua.Tests.Server.Doors;

/// <summary>A server whose remote door is open, with an instance <c>notes</c>, and strangers who come to it.</summary>
internal sealed class DoorWorld : IAsyncDisposable
{
    private int _made;
    private int _addresses = 1;

    private DoorWorld(ServerWorld server) => Server = server;

    public ServerWorld Server { get; }

    /// <summary>The operation that deployed <c>notes</c>.</summary>
    public required string Deploy { get; init; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<DoorWorld> StartAsync(TimeProvider? clock = null, IAccessStore? tokens = null)
    {
        var server = await ServerWorld.StartAsync(remote: true, clock: clock, tokens: tokens);
        return new DoorWorld(server) { Deploy = (await server.DeployAsync()).Id };
    }

    /// <summary>A token that the server knows.</summary>
    public Task<string> TokenAsync(Scope scope, params IReadOnlyList<string> instances) =>
        TokenAsync(scope, DateTimeOffset.UtcNow, TimeSpan.FromDays(1), instances);

    /// <summary>One that is good for so long.</summary>
    public Task<string> TokenAsync(Scope scope, TimeSpan life, params IReadOnlyList<string> instances) =>
        TokenAsync(scope, DateTimeOffset.UtcNow, life, instances);

    public Task<string> ExpiredTokenAsync() =>
        TokenAsync(Scope.Admin, DateTimeOffset.UtcNow.AddDays(-2), TimeSpan.FromDays(1), []);

    public async Task<string> RevokedTokenAsync()
    {
        var token = await TokenAsync(Scope.Admin);
        await Server.Client.RevokeTokenAsync(TokenText.Parse(token)!.Id, Cancellation);
        return token;
    }

    /// <summary>One that has never asked before.</summary>
    public Stranger Stranger(string? token = null) => new(Server.Door, new IPAddress([127, 0, 1, (byte)_addresses++]), token);

    /// <summary>The client of somebody with a token.</summary>
    public NuaClient ClientOf(string token) =>
        NuaClient.At(() => new RemoteServer(Server.Door, CertificateTrust.Of(Server.Plane.Door!.Status.Fingerprint), token));

    /// <summary>The path of a route's, filled in.</summary>
    public string PathOf(RouteRule rule, string instance = "notes") => rule.Pattern
        .Replace("{name}", instance).Replace("{id}", Deploy).Replace("{image}", "notes").Replace("{token}", "nobody")
        .Replace("{documentName}", "v1");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task<string> TokenAsync(Scope scope, DateTimeOffset from, TimeSpan life, IReadOnlyList<string> instances)
    {
        var wish = new TokenWish($"token{_made++}", [scope], [.. instances.Select(InstanceName.Parse)], life);
        var (known, text) = wish.Make("ann", from);
        await Server.Plane.Tokens.AddAsync(known, Cancellation);
        return text.Reveal();
    }
}

/// <summary>Somebody who comes to the remote door from an address of their own.</summary>
internal sealed class Stranger(Uri door, IPAddress address, string? token) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        MaxConnectionsPerServer = 20,
        ConnectCallback = async (_, cancellation) => new NetworkStream(await ConnectAsync(door, address, cancellation), ownsSocket: true),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    })
    {
        BaseAddress = door,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Asks with no body but that of its kind.</summary>
    public Task<HttpResponseMessage> AskAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    /// <summary>What an answer says: its status, and the code of its problem.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> CodeAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var answer = await AskAsync(method, path, body, headers);
        var problem = answer.Content.Headers.ContentType?.MediaType == ProblemView.MediaType
            ? await answer.Content.ReadFromJsonAsync(ApiJson.Default.ProblemView, Cancellation)
            : null;
        return (answer.StatusCode, problem?.Code);
    }

    /// <summary>Sends bytes that no client would, and answers all that comes back until the server closes or falls silent.</summary>
    public async Task<string> SendRawAsync(string text, TimeSpan? silence = null)
    {
        await using var stream = new SslStream(new NetworkStream(await ConnectAsync(door, address, Cancellation), ownsSocket: true));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
            Cancellation);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);
        var answer = new StringBuilder();
        var buffer = new byte[1 << 16];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(silence ?? TimeSpan.FromSeconds(10));
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, patience.Token)) > 0;)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (Exception end) when (end is IOException || (end is OperationCanceledException && !Cancellation.IsCancellationRequested))
        {
            // What came so far is the answer.
        }

        return answer.ToString();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A connection of somebody at an address; the caller closes it.</summary>
    public static async Task<Socket> ConnectAsync(Uri door, IPAddress address, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        await socket.ConnectAsync(IPAddress.Loopback, door.Port, cancellation);
        return socket;
    }
}
