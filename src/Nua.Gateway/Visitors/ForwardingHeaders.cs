namespace Nua.Gateway.Visitors;

/// <summary>The request headers by which proxies tell workloads who asks: ours to write, never a visitor's.</summary>
internal static class ForwardingHeaders
{
    private static readonly string[] Names =
    [
        "Forwarded", "X-Real-IP", "X-Client-IP", "True-Client-IP", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL", "Proxy",
    ];

    /// <summary>
    /// Whether a workload might take the header for one of these. CGI and WSGI write every header with underscores, so that
    /// <c>X_Forwarded_For</c> becomes the same variable as <c>X-Forwarded-For</c>.
    /// </summary>
    public static bool Include(string header) =>
        header[0] is 'X' or 'x' or 'F' or 'f' or 'P' or 'p' or 'T' or 't'
        && (IsSame(header.AsSpan(0, Math.Min(header.Length, "X-Forwarded".Length)), "X-Forwarded") || Array.Exists(Names, name => IsSame(header, name)));

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
