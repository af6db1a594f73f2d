using Nua.Core;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Postgres;

/// <summary>The figures of PostgreSQL: of the instance's database, and of the connections to the server.</summary>
internal static class PostgresMetrics
{
    private const string Question =
        """
        SELECT name, value FROM pg_stat_database AS d, LATERAL (VALUES
            ('connections', (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())),
            ('connections_allowed', current_setting('max_connections')::bigint),
            ('size', pg_database_size(d.datid)),
            ('commits', d.xact_commit),
            ('rollbacks', d.xact_rollback),
            ('hits', d.blks_hit),
            ('reads', d.blks_read),
            ('oldest', (SELECT coalesce(max(extract(epoch FROM now() - xact_start)), 0)::bigint FROM pg_stat_activity WHERE backend_type = 'client backend'))
        ) AS figure (name, value) WHERE d.datname = current_database()
        """;

    private static readonly FigureTable Figures = new('|',
    [
        ("connections", MetricFamily.Gauge("nua_postgres_connections", "Clients that are connected")),
        ("connections_allowed", MetricFamily.Gauge("nua_postgres_connections_allowed", "How many may be connected at a time")),
        ("size", MetricFamily.Bytes("nua_postgres_size_bytes", "Size of the database on disk")),
        ("commits", MetricFamily.Counter("nua_postgres_commits", "Transactions that were committed")),
        ("rollbacks", MetricFamily.Counter("nua_postgres_rollbacks", "Transactions that were rolled back")),
        ("hits", MetricFamily.Counter("nua_postgres_block_hits", "Blocks that were found in memory")),
        ("reads", MetricFamily.Counter("nua_postgres_block_reads", "Blocks that were not, and had to be read")),
        ("oldest", MetricFamily.Seconds("nua_postgres_oldest_transaction_seconds", "Age of the oldest transaction that is open")),
    ]);

    /// <summary>As the user that the app is, over TCP.</summary>
    public static ExecCommand Ask(IReadOnlyDictionary<string, string> env) => new(
        "psql",
        "--host=127.0.0.1",
        $"--username={env["POSTGRES_USER"]}",
        $"--dbname={env["POSTGRES_DB"]}",
        "--no-psqlrc",
        "--no-password",
        "--tuples-only",
        "--no-align",
        $"--command={Question}")
    {
        Secrets = new Dictionary<string, Secret>
        {
            ["PGPASSWORD"] = new(env["POSTGRES_PASSWORD"]),
            ["PGCONNECT_TIMEOUT"] = new("3"),
        },
    };

    public static IReadOnlyList<Metric> Read(string answer) => Figures.Read(answer);
}
