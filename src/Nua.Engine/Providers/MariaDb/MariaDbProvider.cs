using Nua.Core;
using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.MariaDb;

/// <summary>MariaDB, with a database and a user of the instance's own.</summary>
/// <param name="versions">The major versions that can be supplied, the preferred one first.</param>
public sealed class MariaDbProvider(params IReadOnlyList<string> versions) : IRotatesCredentials, IHoldsTenants, IMeasured
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

    /// <inheritdoc />
    public IReadOnlyList<string> TenantVariables { get; } = ["MARIADB_PORT", "MARIADB_DATABASE", "MARIADB_USER", "MARIADB_PASSWORD"];

    /// <inheritdoc />
    public IReadOnlyList<string> TenantNames { get; } = ["MARIADB_DATABASE", "MARIADB_USER"];

    // Whose a database and a user are stands in a table that only an administrator can read. In the name of a database that is
    // granted, _ stands for any letter.
    /// <inheritdoc />
    public ExecCommand Admit(IReadOnlyDictionary<string, string> server, Tenant tenant)
    {
        var (user, database) = (Text(tenant.Env["MARIADB_USER"]), tenant.Env["MARIADB_DATABASE"]);
        var (password, owner) = (Text(tenant.Env["MARIADB_PASSWORD"]), Text(tenant.Mark.Owner));
        return Administer(server, $"""
            {Ledger}
            DELIMITER //
            BEGIN NOT ATOMIC
                {OneAtATime}
                IF EXISTS (SELECT 1 FROM nua.tenants WHERE user = {user} AND owner <> {owner})
                    OR (EXISTS (SELECT 1 FROM mysql.global_priv WHERE User = {user})
                        AND NOT EXISTS (SELECT 1 FROM nua.tenants WHERE user = {user})) THEN
                    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the user {TheirsIs}';
                END IF;
                IF EXISTS (SELECT 1 FROM nua.tenants WHERE db = {Text(database)} AND owner <> {owner})
                    OR (EXISTS (SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = {Text(database)})
                        AND NOT EXISTS (SELECT 1 FROM nua.tenants WHERE db = {Text(database)} AND user = {user})) THEN
                    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the database {TheirsIs}';
                END IF;
                INSERT INTO nua.tenants VALUES ({Text(database)}, {user}, {owner}, {Text(tenant.Mark.Operation)})
                    ON DUPLICATE KEY UPDATE user = {user};
            END //
            DELIMITER ;
            CREATE USER IF NOT EXISTS {user}@'%' IDENTIFIED BY {password} WITH MAX_USER_CONNECTIONS {MostConnections};
            ALTER USER {user}@'%' IDENTIFIED BY {password};
            CREATE DATABASE IF NOT EXISTS {Identifier(database)} CHARACTER SET utf8mb4;
            GRANT ALL ON {Identifier(database.Replace("_", "\\_"))}.* TO {user}@'%';
            """);
    }

    /// <inheritdoc />
    public ExecCommand Dismiss(IReadOnlyDictionary<string, string> server, string tenants) => Administer(server, $"""
        {Ledger}
        DELIMITER //
        BEGIN NOT ATOMIC
            {OneAtATime}
            FOR gone IN (SELECT db, user FROM nua.tenants
                WHERE LEFT(CONCAT(owner, ' ', operation), CHAR_LENGTH({Text(tenants)})) = {Text(tenants)}) DO
                EXECUTE IMMEDIATE CONCAT('DROP USER IF EXISTS ', QUOTE(gone.user), '@''%''');
                EXECUTE IMMEDIATE CONCAT('DROP DATABASE IF EXISTS `', REPLACE(gone.db, '`', '``'), '`');
                DELETE FROM nua.tenants WHERE db = gone.db;
            END FOR;
        END //
        """);

    // A tenant may hold it, too: then nothing is done, and it is tried again.
    private const string OneAtATime = """
        IF GET_LOCK('nua tenants', 50) IS NOT TRUE THEN
            SIGNAL SQLSTATE 'HY000' SET MESSAGE_TEXT = 'somebody else holds the lock';
        END IF;
        """;

    private const string Ledger = """
        CREATE DATABASE IF NOT EXISTS nua CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE TABLE IF NOT EXISTS nua.tenants (
            db VARCHAR(64) PRIMARY KEY, user VARCHAR(128) NOT NULL, owner VARCHAR(255) NOT NULL, operation VARCHAR(64) NOT NULL);
        """;

    /// <summary>The client ends with 1 whatever the matter is: its words tell.</summary>
    private const string TheirsIs = "of that name belongs to another";

    /// <summary>So that one that leaks connections leaves some of the hundred and fifty to the others.</summary>
    private const int MostConnections = 60;

    // Over the socket as root, who in images of packages needs no password there.
    private static ExecCommand Administer(IReadOnlyDictionary<string, string> server, string sql) => new(
        "/bin/sh",
        "-c",
        $"""
        said=$(printf '%s' "$NUA_SQL" | mariadb --no-defaults --protocol=socket --socket=/run/mysqld/mysqld.sock --user=root --batch 2>&1)
        ended=$?
        printf '%s\n' "$said" >&2
        case $said in *'{TheirsIs}'*) exit {IHoldsTenants.WillNot} ;; esac
        exit $ended
        """)
    {
        User = "root",
        Secrets = new Dictionary<string, Secret>
        {
            ["MYSQL_PWD"] = new(server["MARIADB_ROOT_PASSWORD"]),
            ["NUA_SQL"] = new(sql + "\n"),
        },
    };

    /// <summary>As an SQL identifier.</summary>
    private static string Identifier(string value) => $"`{value.Replace("`", "``")}`";

    /// <summary>As an SQL text.</summary>
    private static string Text(string value) => $"'{value.Replace("\\", "\\\\").Replace("'", "''")}'";
}
