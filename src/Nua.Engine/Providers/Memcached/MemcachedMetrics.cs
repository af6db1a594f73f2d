using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Memcached;

/// <summary>The figures of Memcached.</summary>
internal static class MemcachedMetrics
{
    private const string Question = @"exec 3<>/dev/tcp/127.0.0.1/11211; printf 'stats\r\nquit\r\n' >&3; cat <&3";

    private static readonly FigureTable Figures = new(' ',
    [
        ("curr_connections", MetricFamily.Gauge("nua_memcached_connections", "Connections that are open, with the one that asks")),
        ("max_connections", MetricFamily.Gauge("nua_memcached_connections_allowed", "How many may be open at a time")),
        ("bytes", MetricFamily.Bytes("nua_memcached_size_bytes", "Size of what it keeps")),
        ("limit_maxbytes", MetricFamily.Bytes("nua_memcached_size_allowed_bytes", "How much it may keep")),
        ("curr_items", MetricFamily.Gauge("nua_memcached_items", "Items that it keeps")),
        ("get_hits", MetricFamily.Counter("nua_memcached_hits", "Items that were asked for and found")),
        ("get_misses", MetricFamily.Counter("nua_memcached_misses", "Items that were asked for in vain")),
        ("evictions", MetricFamily.Counter("nua_memcached_evictions", "Items that had to go before their time because memory was full")),
    ]);

    public static ExecCommand Ask() => new("/bin/bash", "-ec", Question);

    public static IReadOnlyList<Metric> Read(string answer) => Figures.Read(answer.Replace("STAT ", ""));
}
