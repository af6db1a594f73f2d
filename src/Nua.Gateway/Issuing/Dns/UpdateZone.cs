using System.Globalization;
using System.Text;
using Nua.Api;

namespace Nua.Gateway.Issuing.Dns;

/// <summary>A zone that takes dynamic updates (RFC 2136), signed by TSIG: <c>nsupdate</c> of BIND speaks with it.</summary>
internal sealed class UpdateZone : IDnsZone
{
    private const int Life = 60;
    private const int UsualPort = 53;

    private readonly DnsUpdateEntry _entry;
    private readonly string _keyFile;

    /// <param name="entry">The server and the key.</param>
    /// <param name="folder">Where the key is kept for the program: in a file, for its arguments are for all to see.</param>
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public UpdateZone(DnsUpdateEntry entry, string folder)
    {
        (_entry, _keyFile) = (entry, Path.Combine(folder, "dns.key"));
        var key = Encoding.UTF8.GetBytes(entry.Key);
        if (StateFile.TryRead(_keyFile)?.AsSpan().SequenceEqual(key) is not true)
        {
            StateFile.Write(_keyFile, key);
        }
    }

    public Task PublishAsync(TextRecord record, CancellationToken cancellation) =>
        SendAsync($"update add {record.Name}. {Life} IN TXT \"{record.Value}\"", cancellation);

    public Task WithdrawAsync(TextRecord record, CancellationToken cancellation) =>
        SendAsync($"update delete {record.Name}. IN TXT \"{record.Value}\"", cancellation);

    private Task SendAsync(string change, CancellationToken cancellation)
    {
        var (host, port) = ServerOf(_entry.Server);
        var zone = _entry.Zone is { } name ? $"zone {name}\n" : "";
        return new ZoneProgram("nsupdate", ["-t", "20", "-k", _keyFile])
        {
            Input = $"server {host} {port}\n{zone}{change}\nsend\n",
            IfMissing = "install the package bind9-dnsutils",
        }.RunAsync(cancellation);
    }

    /// <summary>An address of IPv6 stands in brackets where a port follows.</summary>
    private static (string Host, int Port) ServerOf(string server)
    {
        var colon = server.LastIndexOf(':');
        var hasPort = colon > 0 && (server[colon - 1] == ']' || server.IndexOf(':', StringComparison.Ordinal) == colon);
        return hasPort ? (server[..colon].Trim('[', ']'), int.Parse(server[(colon + 1)..], CultureInfo.InvariantCulture)) : (server.Trim('[', ']'), UsualPort);
    }
}
