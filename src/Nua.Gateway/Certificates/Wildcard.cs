namespace Nua.Gateway.Certificates;

/// <summary>Names that stand for all names one label below another (RFC 6125, section 6.4.3).</summary>
internal static class Wildcard
{
    private const string Star = "*.";

    public static bool Is(string name) => name.StartsWith(Star, StringComparison.Ordinal);

    /// <summary>The wildcard that covers a host: <c>*.example.org</c> for <c>shop.example.org</c>.</summary>
    public static string Over(string host) => "*" + host[Math.Max(0, host.IndexOf('.', StringComparison.Ordinal))..];

    /// <summary>What it stands below.</summary>
    public static string Below(string name) => Is(name) ? name[Star.Length..] : name;

    /// <summary>How a name is written as that of a file.</summary>
    public static string ToFileName(string name) => name.ToLowerInvariant().Replace('*', '_') + ".pem";
}
