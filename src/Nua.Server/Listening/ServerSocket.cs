using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Nua.Api;
using Nua.Core.Problems;

namespace Nua.Server.Listening;

/// <summary>The socket file of the API: for the server's user and group.</summary>
internal static class ServerSocket
{
    private const int LongestPath = 107;

    private const UnixFileMode UserAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <exception cref="NuaException"><c>server.home-too-long</c></exception>
    public static string PathIn(NuaHome home) => Encoding.UTF8.GetByteCount(home.ServerSocket) <= LongestPath
        ? home.ServerSocket
        : throw new NuaException(ServerProblems.HomeTooLong(home.ServerSocket));

    /// <summary>Whoever holds the home's lock knows that a file found here was left by a server that is dead.</summary>
    public static Socket Bind(EndPoint endPoint)
    {
        if (endPoint is not UnixDomainSocketEndPoint)
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }

        var path = endPoint.ToString()!;
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(endPoint);

        // Nobody can connect before Kestrel listens, so there is no moment at which others are let in.
        File.SetUnixFileMode(path, UserAndGroup);
        return socket;
    }
}
