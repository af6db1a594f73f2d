using Nua.Core;
using Nua.Core.Packages;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers.Postgres;

/// <summary>PostgreSQL, with a database and a user of the instance's own.</summary>
/// <param name="versions">The major versions that can be supplied, the preferred one first.</param>
public sealed class PostgresProvider(params IReadOnlyList<string> versions) : IRotatesCredentials, IMeasured
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

    // Over the socket, where whoever may become postgres in the container is the administrator. Only psql's input holds the password.
    /// <inheritdoc />
    public ExecCommand Accept(CredentialChange change) => new(
        "/bin/sh",
        "-c",
        "printf %s \"$NUA_SQL\" | psql --host=/run/postgresql --username=\"$1\" --dbname=\"$2\" --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1",
        "sh",
        change.After["POSTGRES_USER"],
        change.After["POSTGRES_DB"])
    {
        User = "postgres",
        Secrets = new Dictionary<string, Secret>
        {
            ["NUA_SQL"] = new($"""
                SET log_statement = 'none';
                SET log_min_error_statement = 'panic';
                ALTER ROLE "{change.After["POSTGRES_USER"].Replace("\"", "\"\"")}" PASSWORD '{change.After["POSTGRES_PASSWORD"].Replace("'", "''")}';

                """),
        },
    };

    /// <inheritdoc />
    public ExecCommand Retire(CredentialChange change) => Accept(change);

    /// <inheritdoc />
    public ExecCommand Measure(IReadOnlyDictionary<string, string> env) => PostgresMetrics.Ask(env);

    /// <inheritdoc />
    public IReadOnlyList<Metric> Read(string answer) => PostgresMetrics.Read(answer);
}
