using Nua.Engine.Images;

namespace Nua.Engine.Providers.Memcached;

/// <summary>Memcached as an image.</summary>
public static class MemcachedImage
{
    private const string Start = "/usr/local/bin/nua-memcached";

    /// <summary>The program that asks it whether it serves.</summary>
    public const string Ready = "/usr/local/bin/nua-memcached-ready";

    /// <summary>What there is.</summary>
    public static ServerVersions Versions { get; } = new(new Dictionary<string, string>
    {
        ["bookworm"] = "1.6",
        ["trixie"] = "1.6",
        ["noble"] = "1.6",
    });

    /// <param name="version">Major and minor: <c>1.6</c>.</param>
    public static ImageRecipe For(string version) => new()
    {
        Name = "memcached",
        Version = version,
        Suites = Versions.SuitesOf(version),
        Packages = ["memcached"],
        Files = new Dictionary<string, string>
        {
            [ServerFiles.Shared] = ServerFiles.SharedText,
            [Start] = ServerFiles.Read("nua-memcached.sh"),
            [Ready] = ServerFiles.Read("nua-memcached-ready.sh"),
            // Only the package's own tools, which nobody calls here, are written in perl.
            ["/etc/dpkg/dpkg.cfg.d/nua-memcached"] = "path-exclude=/usr/lib/*/perl/*\npath-exclude=/usr/share/perl/*\n",
        },
        Command = [Start],
    };
}
