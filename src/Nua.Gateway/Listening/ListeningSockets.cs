using System.Net;
using System.Net.Sockets;

namespace Nua.Gateway.Listening;

/// <summary>Binds every socket the gateway listens on, and says what is in the way when one cannot be bound.</summary>
internal sealed class ListeningSockets(GatewaySettings settings)
{
    private const int LongestSocketPath = 107;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="GatewayException">The address cannot be had.</exception>
    public Socket Bind(EndPoint endPoint) => endPoint switch
    {
        IPEndPoint ip => BindPort(ip),
        UnixDomainSocketEndPoint unix => BindFile(unix),
        _ => throw new NotSupportedException($"Nobody asked for {endPoint}."),
    };

    /// <exception cref="GatewayException"><c>gateway.home-too-long</c></exception>
    public static string CheckPath(string path) =>
        System.Text.Encoding.UTF8.GetByteCount(path) <= LongestSocketPath ? path : throw GatewayProblems.SocketPathTooLong(path);

    private Socket BindPort(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = !HasOwnIPv4Listener(endPoint.Port);
            }

            socket.Bind(endPoint);
            return socket;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw Explain(endPoint, failure);
        }
    }

    private bool HasOwnIPv4Listener(int port) =>
        port != 0 && settings.Http.Concat(settings.Https).Contains(new IPEndPoint(IPAddress.Any, port));

    private Exception Explain(IPEndPoint endPoint, SocketException failure)
    {
        var option = settings.Https.Contains(endPoint) ? GatewaySettings.HttpsOption : GatewaySettings.HttpOption;
        return failure.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => GatewayProblems.PortTaken(endPoint, option, PortOwner.Describe(endPoint.Port), failure),
            SocketError.AccessDenied => GatewayProblems.PortForbidden(endPoint, option, failure),
            SocketError.AddressNotAvailable => GatewayProblems.AddressForeign(endPoint, option, failure),
            _ => failure,
        };
    }

    // Whoever holds the home's lock knows that a socket file found here was left by a gateway that is dead.
    private static Socket BindFile(UnixDomainSocketEndPoint endPoint)
    {
        var path = endPoint.ToString()!;
        StateFile.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(endPoint);

        // Nobody can connect before Kestrel listens, so there is no moment at which others are let in.
        File.SetUnixFileMode(path, OwnerOnly);
        return socket;
    }
}
