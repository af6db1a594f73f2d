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

    private static ExecCommand Query(IReadOnlyDictionary<string, string> env, string statement) => new(
        "psql", "--no-password", "--host=127.0.0.1", $"--username={env["POSTGRES_USER"]}", $"--dbname={env["POSTGRES_DB"]}", $"--command={statement}")
    {
        Secrets = new Dictionary<string, Secret> { ["PGPASSWORD"] = new(env["POSTGRES_PASSWORD"]) },
    };
}
