using Nua.Core;
using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Postgres;

/// <summary>PostgreSQL, with a database and a user of the instance's own.</summary>
/// <param name="versions">The major versions that can be supplied, the preferred one first.</param>
public sealed class PostgresProvider(params IReadOnlyList<string> versions) : IRotatesCredentials, IHoldsTenants, IMeasured
{
    /// <inheritdoc />
    public string Name => "postgres";

    /// <inheritdoc />
    public IReadOnlyList<string> Versions => versions;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Setting> Env { get; } = new Dictionary<string, Setting>
    {
        ["POSTGRES_PORT"] = new Setting.Literal("5432"),
        ["POSTGRES_DB"] = new Setting.UniqueDatabase(),
        ["POSTGRES_USER"] = new Setting.UniqueUser(),
        ["POSTGRES_PASSWORD"] = new Setting.RandomText(24),
    };

    /// <inheritdoc />
    public IReadOnlyList<Volume> Volumes { get; } = [new Volume { Name = "postgres-data", Target = PostgresImage.DataFolder }];

    /// <inheritdoc />
    public ImageRecipe Image(string version) => PostgresImage.For(version);

    // Over TCP and with the password: while the cluster is being made, only the socket answers.
    /// <inheritdoc />
    public ExecCommand IsReady(IReadOnlyDictionary<string, string> env) => new(
        "psql",
        "--host=127.0.0.1",
        $"--username={env["POSTGRES_USER"]}",
        $"--dbname={env["POSTGRES_DB"]}",
        "--no-psqlrc",
        "--no-password",
        "--command=SELECT 1")
    {
        Secrets = new Dictionary<string, Secret>
        {
            ["PGPASSWORD"] = new(env["POSTGRES_PASSWORD"]),
            ["PGCONNECT_TIMEOUT"] = new("3"),
        },
    };

    /// <inheritdoc />
    public IReadOnlyList<string> Credentials { get; } = ["POSTGRES_PASSWORD"];

    /// <inheritdoc />
    public bool TakesBoth => false;

    /// <inheritdoc />
    public ExecCommand Accept(CredentialChange change) => Administer(
        change.After,
        $"ALTER ROLE {Identifier(change.After["POSTGRES_USER"])} PASSWORD {Text(change.After["POSTGRES_PASSWORD"])};");

    /// <inheritdoc />
    public ExecCommand Retire(CredentialChange change) => Accept(change);

    /// <inheritdoc />
    public IReadOnlyList<string> TenantVariables { get; } = ["POSTGRES_PORT", "POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD"];

    /// <inheritdoc />
    public IReadOnlyList<string> TenantNames { get; } = ["POSTGRES_DB", "POSTGRES_USER"];

    // Whose a role is, its comment says, which only an administrator can write; whose a database is, its owner.
    // Nobody gets into a database before it is closed to the others.
    /// <inheritdoc />
    public ExecCommand Admit(IReadOnlyDictionary<string, string> server, Tenant tenant)
    {
        var (user, database, password) = (tenant.Env["POSTGRES_USER"], tenant.Env["POSTGRES_DB"], tenant.Env["POSTGRES_PASSWORD"]);
        return Administer(server, $"""
            {OneAtATime}
            DO $nua$ BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = {Text(user)}
                    AND regexp_replace(coalesce(shobj_description(oid, 'pg_authid'), ''), ' [^ ]*$', '') <> {Text(tenant.Mark.Owner)}) THEN
                    RAISE EXCEPTION 'the user % is another''s', {Text(user)};
                END IF;
                IF EXISTS (SELECT FROM pg_database WHERE datname = {Text(database)} AND pg_get_userbyid(datdba) <> {Text(user)}) THEN
                    RAISE EXCEPTION 'the database % is another''s', {Text(database)};
                END IF;
            END $nua$;
            BEGIN;
            SELECT format('CREATE ROLE %I CONNECTION LIMIT {MostConnections}', {Text(user)}), format('COMMENT ON ROLE %I IS %L', {Text(user)}, {Text(tenant.Mark.ToString())})
                WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {Text(user)}) \gexec
            ALTER ROLE {Identifier(user)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {Text(password)};
            COMMIT;
            SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ALLOW_CONNECTIONS false', {Text(database)}, {Text(user)})
                WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {Text(database)}) \gexec
            REVOKE ALL ON DATABASE {Identifier(database)} FROM PUBLIC;
            ALTER DATABASE {Identifier(database)} ALLOW_CONNECTIONS true;
            REVOKE ALL ON DATABASE postgres, template1, {Identifier(server["POSTGRES_DB"])} FROM PUBLIC;
            """);
    }

    // A neighbour that granted the role something in its own database keeps it from being dropped: then it only lets nobody in.
    /// <inheritdoc />
    public ExecCommand Dismiss(IReadOnlyDictionary<string, string> server, string tenants) => Administer(server, $"""
        {OneAtATime}
        CREATE TEMPORARY VIEW gone AS SELECT oid, rolname FROM pg_roles WHERE starts_with(shobj_description(oid, 'pg_authid'), {Text(tenants)});
        SELECT format('ALTER DATABASE %I IS_TEMPLATE false', datname) FROM pg_database JOIN gone ON gone.oid = datdba WHERE datistemplate \gexec
        SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database JOIN gone ON gone.oid = datdba \gexec
        DO $nua$ DECLARE tenant record; BEGIN
            FOR tenant IN SELECT rolname FROM gone LOOP
                EXECUTE format('DROP OWNED BY %I', tenant.rolname);
                BEGIN
                    EXECUTE format('DROP ROLE %I', tenant.rolname);
                EXCEPTION WHEN dependent_objects_still_exist THEN
                    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', tenant.rolname);
                END;
            END LOOP;
        END $nua$;
        """);

    // Two that change the same grants at once would fail each other. The lock goes with the connection.
    private const string OneAtATime = """
        SET lock_timeout = '50s';
        SELECT pg_advisory_lock(4285390)\g /dev/null
        """;

    /// <summary>So that one that leaks connections leaves some of the hundred to the others.</summary>
    private const int MostConnections = 40;

    // Over the socket, where whoever may become postgres in the container is the administrator. Only psql's input holds the password.
    private static ExecCommand Administer(IReadOnlyDictionary<string, string> server, string sql) => new(
        "/bin/sh",
        "-c",
        "printf %s \"$NUA_SQL\" | psql --host=/run/postgresql --username=\"$1\" --dbname=\"$2\" --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1",
        "sh",
        server["POSTGRES_USER"],
        server["POSTGRES_DB"])
    {
        User = "postgres",
        Secrets = new Dictionary<string, Secret>
        {
            ["NUA_SQL"] = new($"\\set VERBOSITY terse\nSET log_statement = 'none';\nSET log_min_error_statement = 'panic';\n{sql}\n"),
        },
    };

    /// <inheritdoc />
    public ExecCommand Measure(IReadOnlyDictionary<string, string> env) => PostgresMetrics.Ask(env);

    /// <inheritdoc />
    public IReadOnlyList<Metric> Read(string answer) => PostgresMetrics.Read(answer);

    /// <summary>As an SQL text.</summary>
    private static string Text(string value) => $"'{value.Replace("'", "''")}'";

    /// <summary>As an SQL identifier.</summary>
    private static string Identifier(string value) => $"\"{value.Replace("\"", "\"\"")}\"";
}
