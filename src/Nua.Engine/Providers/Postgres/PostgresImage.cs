using Nua.Engine.Images;

namespace Nua.Engine.Providers.Postgres;

/// <summary>
/// PostgreSQL as an image. It keeps the contract of <c>docker.io/library/postgres</c> (variables, data folder, account 999), so
/// a volume made by one can be used by the other.
/// </summary>
public static class PostgresImage
{
    /// <summary>Where the cluster lies; a volume belongs here.</summary>
    public const string DataFolder = "/var/lib/postgresql/data";

    private const string Start = "/usr/local/bin/nua-postgres";

    /// <summary>What there is. On the registry, 18 keeps its data elsewhere.</summary>
    public static ServerVersions Versions { get; } = new(new Dictionary<string, string>
    {
        ["bullseye"] = "13",
        ["bookworm"] = "15",
        ["trixie"] = "17",
        ["noble"] = "16",
    })
    {
        OnRegistry = ["17", "16", "15", "14"],
    };

    /// <param name="version">The major version: <c>15</c>.</param>
    public static ImageRecipe For(string version) => new()
    {
        Name = "postgres",
        Version = version,
        Suites = Versions.SuitesOf(version),
        Packages = [$"postgresql-{version}"],
        Files = new Dictionary<string, string>
        {
            [ServerFiles.Shared] = ServerFiles.SharedText,
            [Start] = ServerFiles.Read("nua-postgres.sh"),
            // The package would make a cluster of its own, which nobody uses.
            ["/etc/postgresql-common/createcluster.conf"] = "create_main_cluster = false\n",
            // Just-in-time compilation is switched off where its libraries are missing: 130 MB for what few small servers use.
            // Locales are made from the sources in i18n; the image speaks C.UTF-8 and ICU's.
            ["/etc/dpkg/dpkg.cfg.d/nua-postgres"] = """
                path-exclude=/usr/lib/*/libLLVM*
                path-exclude=/usr/lib/*/libz3.*
                path-exclude=/usr/share/i18n/*
                path-exclude=/usr/lib/postgresql/*/lib/bitcode/*
                path-exclude=/usr/lib/postgresql/*/lib/llvmjit*

                """,
        },
        SetUp =
        [
            "groupmod --gid 999 postgres && usermod --uid 999 --gid 999 --home /var/lib/postgresql postgres"
            + $" && install -d -o postgres -g postgres /var/lib/postgresql && install -d -o postgres -g postgres -m 700 {DataFolder}",
        ],
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = $"/usr/lib/postgresql/{version}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["PGDATA"] = DataFolder,
        },
        Command = [Start],
        // Anything gentler waits until every client has gone.
        StopSignal = "SIGINT",
        RegistryReference = $"docker.io/library/postgres:{version}",
    };
}
