using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Nua.Gateway.Visitors;

/// <summary>The doors a request can come in by.</summary>
internal enum Door
{
    /// <summary>Plain HTTP: most are sent on to HTTPS.</summary>
    Http,

    Https,

    /// <summary>HTTPS on a Unix socket, for tests of what is not public yet: candidates come first.</summary>
    Private,
}

/// <summary>Who is at the other end of a connection, worked out once for all its requests.</summary>
/// <param name="Door">Where it came in.</param>
/// <param name="Address">The text that workloads are told in <c>X-Forwarded-For</c>.</param>
internal sealed record Visitor(Door Door, string Address)
{
    public static Visitor Of(HttpContext context) =>
        context.Features.Get<Visitor>() ?? throw new InvalidOperationException("A listener lets requests in without a welcome.");

    /// <summary>
    /// Tells every request on the listener which door it came in by. Who has as many connections as one address may have gets
    /// no other.
    /// </summary>
    public static void Welcome(ListenOptions listener, Door door, AddressShares shares) => listener.Use(next => async connection =>
    {
        var address = AddressOf(connection);
        if (!shares.TryEnter(address))
        {
            connection.Abort();
            return;
        }

        try
        {
            connection.Features.Set(new Visitor(door, address.ToString()));
            await next(connection);
        }
        finally
        {
            shares.Leave(address);
        }
    });

    private static IPAddress AddressOf(ConnectionContext connection) => connection.RemoteEndPoint switch
    {
        IPEndPoint { Address: { IsIPv4MappedToIPv6: true } address } => address.MapToIPv4(),
        IPEndPoint { Address: var address } => address,
        // Workloads want an address, and who opens the private door stands on this machine.
        _ => IPAddress.Loopback,
    };
}
