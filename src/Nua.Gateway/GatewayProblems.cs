using System.Net;
using Nua.Api;

namespace Nua.Gateway;

/// <summary>
/// The one exception the gateway throws on purpose. The exit code says what kind of trouble it is, as in every program of Nua:
/// 2 invalid input, 3 not found, 4 refused, 8 not available.
/// </summary>
internal sealed class GatewayException(int exitCode, GatewayRefusal refusal, Exception? cause = null)
    : Exception(refusal.Message, cause)
{
    public const int Invalid = 2;
    public const int NotFound = 3;
    public const int Conflict = 4;
    public const int Unavailable = 8;

    public int ExitCode { get; } = exitCode;

    public GatewayRefusal Refusal { get; } = refusal;
}

/// <summary>All that the gateway can complain about, in its words.</summary>
internal static partial class GatewayProblems
{
    public static GatewayException BadUsage(string complaint) => new(
        GatewayException.Invalid,
        new("gateway.bad-usage", complaint, "Run 'nua-gateway --help'."));

    public static GatewayException BadRequest(string complaint) => new(
        GatewayException.Invalid,
        new("gateway.bad-request", complaint, "Use a server and a gateway of the same Nua version: run 'nua doctor'."));

    public static GatewayException BadDomain(string? domain) => new(
        GatewayException.Invalid,
        new(
            "gateway.bad-domain",
            $"'{domain}' is not a domain that can be routed.",
            "Write a host name in lower case (punycode where it is not ASCII), with a path if need be: example.org/wiki."));

    public static GatewayException BadAddress(Uri? address) => new(
        GatewayException.Invalid,
        new(
            "gateway.bad-address",
            // No user information of a URL may reach a log.
            $"'{(address?.IsAbsoluteUri == true ? address.GetLeftPart(UriPartial.Scheme) + address.Authority : "")}' is not a workload's address.",
            "Use plain HTTP, a host and a port, and no path: http://172.18.0.3:8000/."));

    public static GatewayException AlreadyRunning(string home, string pid) => new(
        GatewayException.Unavailable,
        new(
            "gateway.already-running",
            $"Another gateway{(pid.Length == 0 ? "" : $" (process {pid})")} uses {home}.",
            "Stop it first, or set NUA_HOME to another folder."));

    public static GatewayException PortTaken(IPEndPoint endPoint, string option, string? owner, Exception cause) => new(
        GatewayException.Unavailable,
        new(
            "gateway.port-taken",
            $"Port {endPoint.Port} of {endPoint.Address} is taken{(owner is null ? "" : $" by {owner}")}.",
            $"Stop what has it, or choose another port: {option} {new IPEndPoint(endPoint.Address, Unprivileged(endPoint.Port))}."),
        cause);

    public static GatewayException PortForbidden(IPEndPoint endPoint, string option, Exception cause) => new(
        GatewayException.Unavailable,
        new(
            "gateway.port-forbidden",
            $"Port {endPoint.Port} needs a privilege that this process does not have.",
            "Run 'setcap cap_net_bind_service=+ep nua-gateway', or choose a port above 1023: "
                + $"{option} {new IPEndPoint(endPoint.Address, Unprivileged(endPoint.Port))}."),
        cause);

    public static GatewayException AddressForeign(IPEndPoint endPoint, string option, Exception cause) => new(
        GatewayException.Unavailable,
        new(
            "gateway.address-foreign",
            $"{endPoint.Address} is not an address of this machine.",
            $"Use one that 'ip address' shows, or all of them: {option} {new IPEndPoint(IPAddress.Any, endPoint.Port)}."),
        cause);

    public static GatewayException SocketPathTooLong(string path) => new(
        GatewayException.Invalid,
        new(
            "gateway.home-too-long",
            $"{path} is too long for the name of a Unix socket.",
            "Set NUA_HOME to a folder with a shorter path."));

    public static GatewayException StateUnusable(string path, Exception cause) => new(
        GatewayException.Unavailable,
        new(
            "gateway.state-unusable",
            $"{path} cannot be read or written: {cause.Message}",
            cause is UnauthorizedAccessException
                ? $"Give it to the gateway's user: chown -R USER {Path.GetDirectoryName(path)}."
                : $"See whether the disk is full or failing: df -h {Path.GetDirectoryName(path)}."),
        cause);

    public static GatewayException NewerState(string path, int format) => new(
        GatewayException.Unavailable,
        new(
            "gateway.newer-state",
            $"{path} has format {format}, this gateway knows formats up to {RouteTable.CurrentFormat}.",
            "Start the newer gateway that wrote it, or move the file away and run 'nua doctor'."));

    public static GatewayRefusal Bug { get; } = new(
        "gateway.bug", "This is a bug in the gateway.", "Report what the gateway's log says: it names the place.");

    private static int Unprivileged(int port) => port < 1024 ? port + 8000 : port + 1;
}
