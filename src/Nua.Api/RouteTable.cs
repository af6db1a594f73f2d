using System.Text.Json.Serialization;

namespace Nua.Api;

/// <summary>What the server told the gateway, as the gateway keeps it on disk.</summary>
/// <param name="Format">The version of this shape; see <see cref="CurrentFormat"/>.</param>
/// <param name="Revision">Grows with every change.</param>
/// <param name="Routes">Each domain once.</param>
public sealed record RouteTable(int Format, long Revision, IReadOnlyList<RouteEntry> Routes)
{
    /// <summary>What this program writes, and the newest it reads.</summary>
    public const int CurrentFormat = 1;

    public static RouteTable Empty { get; } = new(CurrentFormat, 0, []);
}

/// <summary>Where a domain's traffic goes.</summary>
/// <param name="Domain">See <see cref="RouteDomain"/>.</param>
/// <param name="Address">The workload: <c>http://host:port/</c>.</param>
/// <param name="Instance">Whose traffic it is.</param>
/// <param name="Deployment">The number of the deployment that serves it.</param>
/// <param name="Tls">Whether visitors are sent to HTTPS.</param>
public sealed record RouteEntry(string Domain, Uri Address, string Instance, int Deployment, bool Tls = true)
{
    /// <summary>Whether visitors are asked to come again, and nothing is sent to the address.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether the address is one that traffic can be sent to: plain HTTP, a host, a port, and nothing else.</summary>
    public static bool IsWorkload(Uri? address) =>
        address is { IsAbsoluteUri: true, Scheme: "http", PathAndQuery: "/", UserInfo: "", Fragment: "", Port: > 0 };
}

/// <summary>What the gateway says of itself: the answer to <c>GET /state</c>.</summary>
/// <remarks>
/// <c>Format</c> is the newest format of the route table it understands; <c>Candidates</c> are the routes that only the private
/// door uses; <c>Workloads</c> is every address that is routed to or still answers a request.
/// </remarks>
public sealed record GatewayView(
    string Version,
    int Format,
    int Pid,
    IReadOnlyList<int> HttpPorts,
    IReadOnlyList<int> HttpsPorts,
    long Revision,
    IReadOnlyList<RouteView> Routes,
    IReadOnlyList<RouteEntry> Candidates,
    IReadOnlyList<WorkloadView> Workloads);

/// <summary>
/// A public route, and what passed through its domain since the gateway started: all requests, and those that the workload
/// left without a complete answer.
/// </summary>
public sealed record RouteView(RouteEntry Route, long Requests, long Failed);

/// <summary>How many requests are under way to an address now.</summary>
public sealed record WorkloadView(Uri Address, int InFlight);

/// <summary>Why the gateway did not do what it was asked: the body of every answer that is not a success.</summary>
public sealed record GatewayRefusal(string Code, string Message, string Hint);

/// <summary>How the route table and what is said about it are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[JsonSerializable(typeof(RouteTable))]
[JsonSerializable(typeof(RouteEntry))]
[JsonSerializable(typeof(GatewayView))]
[JsonSerializable(typeof(WorkloadView))]
[JsonSerializable(typeof(GatewayRefusal))]
public sealed partial class RouteTableJson : JsonSerializerContext;
