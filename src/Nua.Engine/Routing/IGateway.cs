namespace Nua.Engine.Routing;

/// <summary>The public door: it sends a domain's traffic to a workload.</summary>
/// <remarks>
/// Every member is idempotent and atomic: visitors meet the route before or the route after, and open connections of other
/// domains are untouched. The gateway keeps its routes through its own restart and the server's.
/// Fails with a <see cref="Core.Problems.NuaException"/> whose code starts with <c>gateway.</c>.
/// Every implementation, the in-memory one included, passes <c>GatewayContract</c>.
/// </remarks>
public interface IGateway
{
    /// <summary>The port visitors use for HTTPS: part of an instance's address.</summary>
    Task<int> HttpsPortAsync(CancellationToken cancellation);

    /// <summary>The public routes.</summary>
    Task<IReadOnlyList<Route>> ListAsync(CancellationToken cancellation);

    /// <summary>Sends the domain's traffic to the route's address from now on.</summary>
    Task PublishAsync(Route route, CancellationToken cancellation);

    /// <summary>The domain leads nowhere from now on.</summary>
    Task WithdrawAsync(string domain, CancellationToken cancellation);

    /// <summary>Makes a route that only the private door uses, beside the public one of the same domain.</summary>
    Task OfferAsync(Route candidate, CancellationToken cancellation);

    /// <summary>Takes back what was offered under the domain; its public route stays.</summary>
    Task RetractAsync(string domain, CancellationToken cancellation);

    /// <summary>Waits until no request is under way to the address, or the time is over; answers with how many still are.</summary>
    Task<int> DrainAsync(Uri address, TimeSpan limit, CancellationToken cancellation);

    /// <summary>
    /// A client whose requests to <c>https://domain/</c> enter by the private door: real TLS, real routing, candidates first.
    /// It follows no redirect and keeps no cookie. The caller disposes of it.
    /// </summary>
    HttpClient OpenPrivateDoor();
}

/// <summary>Where a domain's traffic goes.</summary>
/// <param name="Domain">A host name in lower case, optionally with a path: <c>example.org/wiki</c>.</param>
/// <param name="Address">The workload, such as <c>http://172.18.0.3:8000/</c>.</param>
/// <param name="Instance">Whose traffic it is.</param>
/// <param name="Deployment">The number of the deployment that serves it.</param>
/// <param name="Tls">Whether visitors are sent to HTTPS.</param>
public sealed record Route(string Domain, Uri Address, string Instance, int Deployment, bool Tls = true)
{
    /// <summary>Whether visitors are asked to come again (503 with <c>Retry-After</c>) and nothing is sent to the address.</summary>
    public bool Paused { get; init; }

    /// <summary>An address for a route that sends nobody anywhere: a name that never exists (RFC 6761, section 6.4).</summary>
    public static readonly Uri Nowhere = new("http://paused.invalid/");
}
