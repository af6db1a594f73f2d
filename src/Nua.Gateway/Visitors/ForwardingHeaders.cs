namespace Nua.Gateway.Visitors;

/// <summary>The request headers by which proxies tell workloads who asks: ours to write, never a visitor's.</summary>
internal static class ForwardingHeaders
{
    private const string Family = "X-Forwarded";

    /// <summary>By these, proxies and the services before them say who asks, how, and for what.</summary>
    private static readonly string[] Names =
    [
        "Forwarded", "Proxy",
        "X-Real-IP", "X-Client-IP", "Client-IP", "True-Client-IP", "X-Cluster-Client-IP", "X-Original-Forwarded-For",
        "X-Remote-IP", "X-Remote-Addr", "Remote-Addr", "CF-Connecting-IP", "CF-Connecting-IPv6", "Fastly-Client-IP", "X-Azure-ClientIP",
        "X-Scheme", "X-Url-Scheme", "X-Original-Proto", "Front-End-Https", "X-Original-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL",
        "Remote-User", "Remote-Email", "Remote-Name", "Remote-Groups", "X-Remote-User", "X-Remote-Email", "X-Remote-Groups",
        "X-Authenticated-User", "X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Groups", "X-WEBAUTH-USER",
        "X-SSL-Client-Cert", "X-SSL-Client-Verify", "X-SSL-Client-DN", "X-Client-Cert", "X-Client-Verify",
    ];

    /// <summary>
    /// Whether a workload might take the header for one of these. CGI and WSGI write every header with underscores, so that
    /// <c>X_Forwarded_For</c> becomes the same variable as <c>X-Forwarded-For</c>.
    /// </summary>
    public static bool Include(string header) =>
        IsSame(header.AsSpan(0, Math.Min(header.Length, Family.Length)), Family) || Array.Exists(Names, name => IsSame(header, name));

    private static bool IsSame(ReadOnlySpan<char> header, string name)
    {
        if (header.Length != name.Length)
        {
            return false;
        }

        for (var index = 0; index < name.Length; index++)
        {
            var letter = header[index] == '_' ? '-' : char.ToUpperInvariant(header[index]);
            if (letter != char.ToUpperInvariant(name[index]))
            {
                return false;
            }
        }

        return true;
    }
}
