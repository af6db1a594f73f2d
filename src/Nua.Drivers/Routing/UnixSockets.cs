using System.Net.Sockets;

namespace Nua.Drivers.Routing;

/// <summary>HTTP to a socket file: whatever host a request names, the file is where it goes.</summary>
internal static class UnixSockets
{
    public static SocketsHttpHandler Handler(string path) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = (_, cancellation) => ConnectAsync(path, cancellation),
    };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
