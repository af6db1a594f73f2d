namespace Nua.Gateway.Certificates;

/// <summary>
/// The names that never mean anything on the public internet (RFC 2606, 6761, 6762, 8375 and ICANN's <c>internal</c>).
/// The local authority may speak for these and for no others.
/// </summary>
internal static class LocalNames
{
    public static IReadOnlyList<string> Suffixes { get; } =
        ["localhost", "test", "example", "invalid", "local", "internal", "home.arpa"];

    /// <summary>Whether the host is one of these names or lies below one.</summary>
    public static bool Cover(string host) => Suffixes.Any(suffix =>
        host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
        && (host.Length == suffix.Length || host[^(suffix.Length + 1)] == '.'));
}
