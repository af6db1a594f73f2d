using Nua.Core;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.MariaDb;

/// <summary>The figures of MariaDB: of the instance's database, and of the server.</summary>
internal static class MariaDbMetrics
{
    private const string Question =
        """
        SELECT VARIABLE_NAME, VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN
            ('THREADS_CONNECTED', 'QUESTIONS', 'COM_COMMIT', 'COM_ROLLBACK', 'SLOW_QUERIES', 'INNODB_BUFFER_POOL_READ_REQUESTS', 'INNODB_BUFFER_POOL_READS')
        UNION ALL SELECT 'MAX_CONNECTIONS', @@max_connections
        UNION ALL SELECT 'SIZE', COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
        """;

    private static readonly FigureTable Figures = new('\t',
    [
        ("THREADS_CONNECTED", MetricFamily.Gauge("nua_mariadb_connections", "Clients that are connected, with the one that asks")),
        ("MAX_CONNECTIONS", MetricFamily.Gauge("nua_mariadb_connections_allowed", "How many may be connected at a time")),
        ("SIZE", MetricFamily.Bytes("nua_mariadb_size_bytes", "Size of the database's tables and indexes")),
        ("QUESTIONS", MetricFamily.Counter("nua_mariadb_statements", "Statements that clients sent")),
        ("COM_COMMIT", MetricFamily.Counter("nua_mariadb_commits", "Transactions that clients committed")),
        ("COM_ROLLBACK", MetricFamily.Counter("nua_mariadb_rollbacks", "Transactions that clients rolled back")),
        ("SLOW_QUERIES", MetricFamily.Counter("nua_mariadb_slow_statements", "Statements that took longer than long_query_time")),
        ("INNODB_BUFFER_POOL_READ_REQUESTS", MetricFamily.Counter("nua_mariadb_page_requests", "Pages that were looked for in memory")),
        ("INNODB_BUFFER_POOL_READS", MetricFamily.Counter("nua_mariadb_page_reads", "Pages that were not there, and had to be read")),
    ]);

    /// <summary>As the user that the app is, over TCP.</summary>
    public static ExecCommand Ask(IReadOnlyDictionary<string, string> env) => new(
        "mariadb",
        "--no-defaults",
        "--protocol=tcp",
        "--host=127.0.0.1",
        "--connect-timeout=3",
        $"--user={env["MARIADB_USER"]}",
        $"--database={env["MARIADB_DATABASE"]}",
        "--batch",
        "--skip-column-names",
        $"--execute={Question}")
    {
        Secrets = new Dictionary<string, Secret> { ["MYSQL_PWD"] = new(env["MARIADB_PASSWORD"]) },
    };

    public static IReadOnlyList<Metric> Read(string answer) => Figures.Read(answer);
}
