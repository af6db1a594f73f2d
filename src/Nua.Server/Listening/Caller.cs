using Microsoft.AspNetCore.Connections.Features;
using Nua.Api.Programs;

namespace Nua.Server.Listening;

/// <summary>Who asks: the kernel knows the user at the other end of a Unix socket.</summary>
internal static class Caller
{
    private const string Users = "/etc/passwd";

    /// <summary>The name of the user at the other end.</summary>
    public static string Of(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket
            ? NameOf(PeerCredentials.Of(socket).UserId)
            : "unknown";

    private static string NameOf(uint id)
    {
        var known = File.Exists(Users)
            ? File.ReadLines(Users).Select(line => line.Split(':')).FirstOrDefault(user => user.Length > 2 && user[2] == $"{id}")
            : null;
        return known is null ? $"user {id}" : known[0];
    }
}
