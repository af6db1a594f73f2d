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
    // Workloads want an address, and who opens the private door stands on this machine.
    private static readonly string ThisMachine = IPAddress.Loopback.ToString();

    public static Visitor Of(HttpContext context) =>
        context.Features.Get<Visitor>() ?? throw new InvalidOperationException("A listener lets requests in without a welcome.");

    /// <summary>Tells every request on the listener which door it came in by.</summary>
    public static void Welcome(ListenOptions listener, Door door) => listener.Use(next => connection =>
    {
        connection.Features.Set(new Visitor(door, AddressOf(connection)));
        return next(connection);
    });

    private static string AddressOf(ConnectionContext connection) => connection.RemoteEndPoint switch
    {
        IPEndPoint { Address: { IsIPv4MappedToIPv6: true } address } => address.MapToIPv4().ToString(),
        IPEndPoint { Address: var address } => address.ToString(),
        _ => ThisMachine,
    };
}
