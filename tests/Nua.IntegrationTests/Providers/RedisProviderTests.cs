using Nua.Core;
using Nua.Engine.Providers.Redis;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Images;

namespace Nua.IntegrationTests.Providers;

public sealed class RedisProviderTests(DistroImages distro)
    : DockerProviderContract(distro, RedisImage.Versions, versions => new RedisProvider(versions))
{
    protected override string Moved => "nua_redis_keys";

    protected override ExecCommand Keep(IReadOnlyDictionary<string, string> env, string word) => RedisCommand.Of(env, "set", "kept", word);

    protected override ExecCommand Recall(IReadOnlyDictionary<string, string> env) => RedisCommand.Of(env, "get", "kept");

    protected override ExecCommand Hang(IReadOnlyDictionary<string, string> env) => RedisCommand.Of(env, "client", "pause", "60000", "all");

    // It writes to disk each second.
    protected override Task SettleAsync() => Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
}

public sealed class RedisCacheProviderTests(DistroImages distro)
    : DockerProviderContract(distro, RedisImage.Versions, versions => new RedisCacheProvider(versions))
{
    protected override string Moved => "nua_redis_keys";

    protected override ExecCommand Keep(IReadOnlyDictionary<string, string> env, string word) => RedisCommand.Of(env, "set", "kept", word);

    protected override ExecCommand Recall(IReadOnlyDictionary<string, string> env) => RedisCommand.Of(env, "get", "kept");
}

internal static class RedisCommand
{
    public static ExecCommand Of(IReadOnlyDictionary<string, string> env, params IReadOnlyList<string> words) => new(
        ["redis-cli", "-e", "-h", "127.0.0.1", .. words])
    {
        Secrets = env.TryGetValue("REDIS_PASSWORD", out var password)
            ? new Dictionary<string, Secret> { ["REDISCLI_AUTH"] = new(password) }
            : [],
    };
}
