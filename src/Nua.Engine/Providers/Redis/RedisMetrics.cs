using System.Text.RegularExpressions;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Redis;

/// <summary>The figures of Redis, of both kinds.</summary>
internal static partial class RedisMetrics
{
    private static readonly MetricFamily Keys = MetricFamily.Gauge("nua_redis_keys", "Keys in all its databases");

    private static readonly FigureTable Figures = new(':',
    [
        ("connected_clients", MetricFamily.Gauge("nua_redis_connections", "Clients that are connected, with the one that asks")),
        ("maxclients", MetricFamily.Gauge("nua_redis_connections_allowed", "How many may be connected at a time")),
        ("used_memory", MetricFamily.Bytes("nua_redis_memory_bytes", "Memory that the data and what it takes to keep it use")),
        ("maxmemory", MetricFamily.Bytes("nua_redis_memory_allowed_bytes", "How much that may be; 0: no bound of its own")),
        ("total_commands_processed", MetricFamily.Counter("nua_redis_commands", "Commands that were carried out")),
        ("keyspace_hits", MetricFamily.Counter("nua_redis_hits", "Keys that were looked for and found")),
        ("keyspace_misses", MetricFamily.Counter("nua_redis_misses", "Keys that were looked for in vain")),
        ("evicted_keys", MetricFamily.Counter("nua_redis_evictions", "Keys that had to go because memory was full")),
    ]);

    public static ExecCommand Ask(IReadOnlyDictionary<string, string> env) => new("redis-cli", "-e", "-h", "127.0.0.1", "info")
    {
        Secrets = RedisPasswords.ToAsk(env),
    };

    public static IReadOnlyList<Metric> Read(string answer) =>
        Figures.Read(answer) is { Count: > 0 } figures ? [.. figures, new Metric(Keys, KeysIn(answer))] : [];

    // One line for each database that holds any.
    private static double KeysIn(string answer) =>
        Database.Matches(answer).Sum(database => FigureTable.NumberOf(database.Groups["keys"].Value) ?? 0);

    [GeneratedRegex(@"^db\d+:keys=(?<keys>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Database { get; }
}
