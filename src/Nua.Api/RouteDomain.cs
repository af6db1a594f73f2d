using System.Text.RegularExpressions;

namespace Nua.Api;

/// <summary>
/// A route's domain taken apart: a host name in lower case and the path it starts with, empty for the whole host.
/// Holding one means that the check has been done.
/// </summary>
public sealed partial record RouteDomain
{
    private const int LongestHost = 253;

    private RouteDomain(string host, string path)
    {
        Host = host;
        Path = path;
    }

    /// <summary>Such as <c>example.org</c>; never an address made of digits, which no certificate of ours names.</summary>
    public string Host { get; }

    /// <summary>Empty, or such as <c>/wiki</c>: no slash at the end, no dot segment, nothing that needs encoding.</summary>
    public string Path { get; }

    /// <summary>Null when the text is not a domain.</summary>
    public static RouteDomain? TryParse(string? text)
    {
        if (text is null || !Domain.IsMatch(text))
        {
            return null;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (text, "") : (text[..slash], text[slash..]);
        return host.Length > LongestHost ? null : new RouteDomain(host, path);
    }

    /// <summary>Whether a request's path falls under this one: <c>/wiki</c> covers <c>/wiki/page</c>, never <c>/wikipedia</c>.</summary>
    public bool CoversPath(ReadOnlySpan<char> path) =>
        path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || Path.Length == 0 || path[Path.Length] == '/');

    public override string ToString() => Host + Path;

    // Labels of at most 63 characters, the last one with a letter; then path segments, none of them "." or "..".
    [GeneratedRegex(
        """
        ^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?=[0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:/(?!\.{1,2}(?:/|\z))[A-Za-z0-9._~-]+)*\z
        """,
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Domain { get; }
}
