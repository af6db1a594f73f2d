namespace Nua.Drivers.Images.Registry;

/// <summary>The distribution's own image on the public registry: the one whose packages the recipes name.</summary>
internal static class RegistryBase
{
    /// <param name="suite">The release that is wanted; <see langword="null"/>: this machine's.</param>
    /// <param name="hostId">What this machine's system calls itself: <c>debian</c>.</param>
    /// <param name="hostSuite">Its release.</param>
    public static string Of(string? suite, string? hostId, string? hostSuite) => hostId switch
    {
        "ubuntu" => $"docker.io/library/ubuntu:{suite ?? hostSuite}",
        "debian" => $"docker.io/library/debian:{suite ?? hostSuite}-slim",
        _ => $"docker.io/library/debian:{suite ?? "stable"}-slim",
    };
}
