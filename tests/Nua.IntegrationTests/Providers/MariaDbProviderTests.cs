using Nua.Core;
using Nua.Engine.Providers.MariaDb;
using Nua.Engine.Runtimes;
using Nua.IntegrationTests.Images;

namespace Nua.IntegrationTests.Providers;

public sealed class MariaDbProviderTests(DistroImages distro)
    : DockerProviderContract(distro, MariaDbImage.Versions, versions => new MariaDbProvider(versions))
{
    protected override string Moved => "nua_mariadb_size_bytes";

    protected override ExecCommand Keep(IReadOnlyDictionary<string, string> env, string word) =>
        Query(env, $"CREATE TABLE kept AS SELECT '{word}' AS word");

    protected override ExecCommand Recall(IReadOnlyDictionary<string, string> env) => Query(env, "SELECT word FROM kept");

    protected override ExecCommand? GiveUp(IReadOnlyDictionary<string, string> env) => Query(env, $"DROP DATABASE `{env["MARIADB_DATABASE"]}`");

    protected override IReadOnlyList<ExecCommand> Presumptions(IReadOnlyDictionary<string, string> env) =>
    [
        Query(env, "CREATE USER more"),
        Query(env, "CREATE DATABASE more"),
        // _ stands for any letter in what is granted, but where it is escaped.
        Query(env, $"CREATE DATABASE `{env["MARIADB_DATABASE"].Replace('_', 'x')}`"),
        Query(env, "GRANT ALL ON *.* TO CURRENT_USER"),
        Query(env, "SELECT * FROM mysql.global_priv"),
        Query(env, "SELECT * FROM nua.tenants"),
        Query(env, "SELECT 1 INTO OUTFILE '/tmp/more'"),
        Query(new Dictionary<string, string>(env) { ["MARIADB_DATABASE"] = "nua" }, "SELECT 1"),
    ];

    private static ExecCommand Query(IReadOnlyDictionary<string, string> env, string statement) => new(
        "mariadb", "--no-defaults", "--protocol=tcp", "--host=127.0.0.1", $"--user={env["MARIADB_USER"]}", $"--database={env["MARIADB_DATABASE"]}", $"--execute={statement}")
    {
        Secrets = new Dictionary<string, Secret> { ["MYSQL_PWD"] = new(env["MARIADB_PASSWORD"]) },
    };
}
