using Microsoft.AspNetCore.Http.Features;

namespace Nua.Gateway.Visitors;

/// <summary>
/// What a request asks for, exactly as it was written: routing on one reading of a path and forwarding another is how requests
/// end up where they do not belong.
/// </summary>
internal readonly ref struct RequestTarget
{
    private RequestTarget(ReadOnlySpan<char> host, ReadOnlySpan<char> path, ReadOnlySpan<char> query)
    {
        Host = host;
        Path = path;
        Query = query;
    }

    /// <summary>Without the port and the root's dot, in the case it was written in.</summary>
    public ReadOnlySpan<char> Host { get; }

    /// <summary>Starts with a slash; not decoded.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>Empty, or starts with a question mark.</summary>
    public ReadOnlySpan<char> Query { get; }

    /// <summary>False for what no workload should have to understand: dot segments, characters that have no place in a URL.</summary>
    public static bool TryRead(HttpContext context, out RequestTarget target)
    {
        var raw = OriginForm(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var question = raw.IndexOf('?');
        var path = question < 0 ? raw : raw[..question];
        target = new RequestTarget(HostName(context.Request.Host.Value), path, question < 0 ? [] : raw[question..]);
        return path is ['/', ..] && !raw.ContainsAnyExceptInRange('!', '~') && !raw.Contains('#') && !HasDotSegment(path);
    }

    // A proxy may be sent http://host/path; the host stands in the Host header too, or the request came no further than Kestrel.
    private static ReadOnlySpan<char> OriginForm(ReadOnlySpan<char> target)
    {
        var scheme = target.IndexOf("://");
        if (target is ['/', ..] || scheme < 0)
        {
            return target;
        }

        var authority = target[(scheme + "://".Length)..];
        var path = authority.IndexOfAny('/', '?');
        return path < 0 ? "/" : authority[path..];
    }

    private static ReadOnlySpan<char> HostName(ReadOnlySpan<char> host)
    {
        var port = host.LastIndexOf(':');
        var name = port < 0 ? host : host[..port];
        return name is [.., '.'] ? name[..^1] : name;
    }

    // A dot may be written %2e; servers disagree on whether that still is one.
    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.Contains("/%2e", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var segment in path.Split('/'))
        {
            if (IsDots(path[segment]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDots(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        while (!segment.IsEmpty)
        {
            var length = segment[0] == '.' ? 1 : segment.StartsWith("%2e", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
            if (length == 0)
            {
                return false;
            }

            segment = segment[length..];
            dots++;
        }

        return dots is 1 or 2;
    }
}
