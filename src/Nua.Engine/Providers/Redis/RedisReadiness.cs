using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Redis;

/// <summary>How Redis is asked whether it serves.</summary>
internal static class RedisReadiness
{
    // While it reads its data it answers with an error, which -e makes a failure.
    /// <param name="env">The provider's environment; without <c>REDIS_PASSWORD</c> it needs none.</param>
    public static ExecCommand Ask(IReadOnlyDictionary<string, string> env) => new("redis-cli", "-e", "-h", "127.0.0.1", "ping")
    {
        Secrets = RedisPasswords.ToAsk(env),
    };
}
