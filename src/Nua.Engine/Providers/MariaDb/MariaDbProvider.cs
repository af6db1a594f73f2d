using Nua.Core;
using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.MariaDb;

/// <summary>MariaDB, with a database and a user of the instance's own.</summary>
/// <param name="versions">The major versions that can be supplied, the preferred one first.</param>
public sealed class MariaDbProvider(params IReadOnlyList<string> versions) : IServerProvider
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
}
