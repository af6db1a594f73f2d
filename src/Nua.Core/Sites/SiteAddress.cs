using System.Text.RegularExpressions;

namespace Nua.Core.Sites;

/// <summary>Where a site answers: a host name, and a path when it shares the host with others.</summary>
public sealed partial record SiteAddress
{
    private SiteAddress(string host, string path) => (Host, Path) = (host, path);

    /// <summary>A DNS name in lower case.</summary>
    public string Host { get; }

    /// <summary>Starts with a slash and ends without one; empty for the whole host. Its case is kept.</summary>
    public string Path { get; }

    /// <summary>A scheme and slashes at the ends are let pass: people paste addresses.</summary>
    public static bool TryParse(string text, out SiteAddress? address)
    {
        var match = Parts.Match(text.Trim());
        address = match.Success && match.Groups["host"].Length <= 253
            ? new SiteAddress(match.Groups["host"].Value.ToLowerInvariant(), match.Groups["path"].Value.TrimEnd('/'))
            : null;
        return address is not null;
    }

    public override string ToString() => Host + Path;

    [GeneratedRegex(
        @"^(?:https?://)?/*(?<host>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)(?<path>/[A-Za-z0-9._~/-]*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Parts { get; }
}
