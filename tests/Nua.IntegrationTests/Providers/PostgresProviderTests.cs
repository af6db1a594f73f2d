using Nua.Core;
using Nua.Engine.Providers.Postgres;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Images;

namespace Nua.IntegrationTests.Providers;

public sealed class PostgresProviderTests(DistroImages distro)
    : DockerProviderContract(distro, PostgresImage.Versions, versions => new PostgresProvider(versions))
{
    protected override string Moved => "nua_postgres_commits";

    protected override ExecCommand Keep(IReadOnlyDictionary<string, string> env, string word) =>
        Query(env, $"CREATE TABLE kept AS SELECT '{word}' AS word");

    protected override ExecCommand Recall(IReadOnlyDictionary<string, string> env) => Query(env, "SELECT word FROM kept");

    protected override IReadOnlyList<ExecCommand> Presumptions(IReadOnlyDictionary<string, string> env) =>
    [
        Query(env, "CREATE ROLE more"),
        Query(env, "CREATE DATABASE more"),
        Query(env, "ALTER ROLE CURRENT_USER SUPERUSER"),
        Query(env, "COMMENT ON ROLE CURRENT_USER IS 'nua other 0 service op-1'"),
        Query(env, "SELECT * FROM pg_authid"),
        Query(env, "COPY (SELECT 1) TO PROGRAM 'true'"),
        Query(env, "SELECT pg_read_file('PG_VERSION')"),
        Query(new Dictionary<string, string>(env) { ["POSTGRES_DB"] = "postgres" }, "SELECT 1"),
        Query(new Dictionary<string, string>(env) { ["POSTGRES_DB"] = "template1" }, "SELECT 1"),
    ];

    private static ExecCommand Query(IReadOnlyDictionary<string, string> env, string statement) => new(
        "psql", "--no-password", "--host=127.0.0.1", $"--username={env["POSTGRES_USER"]}", $"--dbname={env["POSTGRES_DB"]}", $"--command={statement}")
    {
        Secrets = new Dictionary<string, Secret> { ["PGPASSWORD"] = new(env["POSTGRES_PASSWORD"]) },
    };
}
