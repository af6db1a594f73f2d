using Nua.Engine.Images;

namespace Nua.Engine.Providers.Redis;

/// <summary>Redis as an image, made of packages wherever it is from: the public one takes its password on a command line.</summary>
public static class RedisImage
{
    /// <summary>Where it writes; a volume belongs here when it is to last.</summary>
    public const string DataFolder = "/data";

    private const string Start = "/usr/local/bin/nua-redis";

    /// <summary>What there is.</summary>
    public static ServerVersions Versions { get; } = new(new Dictionary<string, string>
    {
        ["bookworm"] = "7.0",
        ["trixie"] = "8.0",
        ["noble"] = "7.0",
    });

    /// <summary>What forgets the least used when its memory is full, and all when it ends.</summary>
    /// <param name="version">Major and minor: <c>7.0</c>.</param>
    public static ImageRecipe CacheOf(string version) => Of(version, "redis-cache", "cache");

    /// <summary>What refuses to take more when its memory is full, and writes what it has taken to disk each second.</summary>
    /// <param name="version">Major and minor: <c>7.0</c>.</param>
    public static ImageRecipe DurableOf(string version) => Of(version, "redis", "durable");

    private static ImageRecipe Of(string version, string name, string kind) => new()
    {
        Name = name,
        Version = version,
        Suites = Versions.SuitesOf(version),
        Packages = ["redis-server"],
        Files = new Dictionary<string, string>
        {
            [ServerFiles.Shared] = ServerFiles.SharedText,
            [Start] = ServerFiles.Read("nua-redis.sh"),
        },
        SetUp = [$"install -d -o redis -g redis -m 700 {DataFolder}"],
        Command = [Start, kind],
    };
}
