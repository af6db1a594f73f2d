using Nua.Core;
using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.MariaDb;

/// <summary>MariaDB, with a database and a user of the instance's own.</summary>
/// <param name="versions">The major versions that can be supplied, the preferred one first.</param>
public sealed class MariaDbProvider(params IReadOnlyList<string> versions) : IRotatesCredentials, IMeasured
{
    /// <inheritdoc />
    public string Name => "mariadb";

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => versions;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["MARIADB_PORT"] = new Setting.Literal("3306"),
        ["MARIADB_ROOT_PASSWORD"] = new Setting.RandomText(24),
        ["MARIADB_DATABASE"] = new Setting.UniqueDatabase(),
        ["MARIADB_USER"] = new Setting.UniqueUser(),
        ["MARIADB_PASSWORD"] = new Setting.RandomText(24),
    };

    /// <inheritdoc />
    public IReadOnlyList<Volume> Volumes { get; } = [new Volume { Name = "mariadb-data", Target = MariaDbImage.DataFolder }];

    /// <inheritdoc />
    public ImageRecipe Image(string version) => MariaDbImage.For(version);

    // Over TCP and with the password: while the database is being made, nothing listens there.
    /// <inheritdoc />
    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => new(
        "mariadb",
        "--no-defaults",
        "--protocol=tcp",
        "--host=127.0.0.1",
        "--connect-timeout=3",
        $"--user={env["MARIADB_USER"]}",
        $"--database={env["MARIADB_DATABASE"]}",
        "--execute=SELECT 1")
    {
        Secrets = new Dictionary<string, Secret> { ["MYSQL_PWD"] = new(env["MARIADB_PASSWORD"]) },
    };

    /// <inheritdoc />
    public IReadOnlyList<string> Credentials { get; } = ["MARIADB_PASSWORD", "MARIADB_ROOT_PASSWORD"];

    /// <inheritdoc />
    public bool TakesBoth => false;

    // Over the socket as root, who in images of packages needs no password there, and in the public one has either.
    /// <inheritdoc />
    public ExecCommand Accept(CredentialChange change) => new(
        "/bin/sh",
        "-c",
        """
        say() { printf %s "$NUA_SQL" | MYSQL_PWD=$1 mariadb --no-defaults --protocol=socket --socket=/run/mysqld/mysqld.sock --user=root --batch; }
        say "$NUA_BEFORE" || say "$NUA_AFTER"
        """)
    {
        User = "root",
        Secrets = new Dictionary<string, Secret>
        {
            ["NUA_BEFORE"] = new(change.Before["MARIADB_ROOT_PASSWORD"]),
            ["NUA_AFTER"] = new(change.After["MARIADB_ROOT_PASSWORD"]),
            ["NUA_SQL"] = new($"""
                ALTER USER {Text(change.After["MARIADB_USER"])}@'%' IDENTIFIED BY {Text(change.After["MARIADB_PASSWORD"])};
                ALTER USER IF EXISTS root@'%' IDENTIFIED BY {Text(change.After["MARIADB_ROOT_PASSWORD"])};

                """),
        },
    };

    /// <inheritdoc />
    public ExecCommand Retire(CredentialChange change) => Accept(change);

    /// <inheritdoc />
    public ExecCommand Measure(IReadOnlyDictionary<string, string> env) => MariaDbMetrics.Ask(env);

    /// <inheritdoc />
    public IReadOnlyList<Metric> Read(string answer) => MariaDbMetrics.Read(answer);

    /// <summary>As an SQL text.</summary>
    private static string Text(string value) => $"'{value.Replace("\\", "\\\\").Replace("'", "''")}'";
}
