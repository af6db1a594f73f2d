using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Nua.Api.Programs;

namespace Nua.Server.Doors;

/// <summary>Where a request comes from, as the kernel says: no header has a part in it.</summary>
/// <param name="From">An address, or <c>socket</c>.</param>
/// <param name="User">The user of this machine at the other end of the socket; <see langword="null"/>: it came from elsewhere.</param>
internal sealed record Origin(string From, string? User)
{
    private const string Unknown = "unknown";
    private const string Users = "/etc/passwd";
    private const int SiteBytes = 8;

    /// <summary>A connection that is neither is taken for one from elsewhere.</summary>
    public static Origin Of(HttpContext context)
    {
        return context.Features.Get<IConnectionSocketFeature>()?.Socket switch
        {
            { AddressFamily: AddressFamily.Unix } socket => new Origin("socket", NameOf(PeerCredentials.Of(socket).UserId)),
            { } socket => new Origin(AddressOf(socket), User: null),
            null => new Origin(Unknown, User: null),
        };
    }

    /// <summary>Of a connection that broke off meanwhile nobody knows it any more.</summary>
    private static string AddressOf(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint is IPEndPoint remote ? NameOf(remote.Address) : Unknown;
        }
        catch (ObjectDisposedException)
        {
            return Unknown;
        }
    }

    /// <summary>Who has one address of IPv6 has its whole /64.</summary>
    public static string NameOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : address.ToString();
        }

        var site = address.GetAddressBytes();
        Array.Clear(site, SiteBytes, site.Length - SiteBytes);
        return $"{new IPAddress(site)}/64";
    }

    private static string NameOf(uint id)
    {
        var known = File.Exists(Users)
            ? File.ReadLines(Users).Select(line => line.Split(':')).FirstOrDefault(user => user.Length > 2 && user[2] == $"{id}")
            : null;
        return known is null ? $"user {id}" : known[0];
    }
}
