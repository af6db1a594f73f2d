using System.Net.Sockets;

namespace Nua.Api;

/// <summary>The server on this machine: its Unix socket, where the kernel says who asks.</summary>
/// <param name="socket">The socket's file.</param>
public sealed class LocalServer(string socket) : ServerPlace
{
    /// <inheritdoc />
    public override Uri Url { get; } = new("http://nua/");

    /// <inheritdoc />
    public override HttpMessageHandler Open() =>
        new SocketsHttpHandler { ConnectCallback = (_, stop) => ConnectAsync(stop), UseProxy = false };

    /// <inheritdoc />
    public override ProblemView WhyUnanswered(HttpRequestException failure) => failure.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => ClientProblems.Forbidden(socket),
        SocketException => ClientProblems.Unreachable(socket),
        _ => ClientProblems.Gone(),
    };

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
