using Nua.Core;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Redis;

/// <summary>How Redis is given another password while it runs. It takes several at a time, so that no client is locked out between.</summary>
internal static class RedisPasswords
{
    public const string Variable = "REDIS_PASSWORD";

    // Of the two that may be in force one is; what follows comes from the input, and so is on no command line.
    private const string Say =
        """
        say() { printf '>%s' "$NUA_AFTER" | REDISCLI_AUTH=$1 redis-cli -e -h 127.0.0.1 -x ACL SETUSER default $2 >/dev/null; }
        say "$NUA_AFTER" "$1" || say "$NUA_BEFORE" "$1"
        """;

    /// <summary>Both are good.</summary>
    public static ExecCommand Accept(CredentialChange change) => Of(change, "on");

    /// <summary>Only the new one is.</summary>
    public static ExecCommand Retire(CredentialChange change) => Of(change, "resetpass");

    /// <summary>What whoever asks it needs; nothing, when it is open.</summary>
    public static IReadOnlyDictionary<string, Secret> ToAsk(IReadOnlyDictionary<string, string> env) =>
        env.TryGetValue(Variable, out var password) && password.Length > 0
            ? new Dictionary<string, Secret> { ["REDISCLI_AUTH"] = new(password) }
            : [];

    private static ExecCommand Of(CredentialChange change, string rule) => new("/bin/sh", "-c", Say, "sh", rule)
    {
        Secrets = new Dictionary<string, Secret>
        {
            ["NUA_BEFORE"] = new(change.Before[Variable]),
            ["NUA_AFTER"] = new(change.After[Variable]),
        },
    };
}
