using Nua.Engine.Images;

namespace Nua.Engine.Providers.MariaDb;

/// <summary>
/// MariaDB as an image. It keeps the contract of <c>docker.io/library/mariadb</c> (variables, data folder, account 999), so a
/// volume made by one can be used by the other.
/// </summary>
public static class MariaDbImage
{
    /// <summary>Where the databases lie; a volume belongs here.</summary>
    public const string DataFolder = "/var/lib/mysql";

    private const string Start = "/usr/local/bin/nua-mariadb";

    /// <summary>What there is.</summary>
    public static ServerVersions Versions { get; } = new(new Dictionary<string, string>
    {
        ["bullseye"] = "10.5",
        ["bookworm"] = "10.11",
        ["trixie"] = "11.8",
        ["noble"] = "10.11",
    })
    {
        OnRegistry = ["11.8", "11.4", "10.11", "10.6"],
    };

    /// <param name="version">The major version: <c>10.11</c>.</param>
    public static ImageRecipe For(string version) => new()
    {
        Name = "mariadb",
        Version = version,
        Suites = Versions.SuitesOf(version),
        Packages = PackagesOf(version),
        Files = new Dictionary<string, string>
        {
            [ServerFiles.Shared] = ServerFiles.SharedText,
            [Start] = ServerFiles.Read("nua-mariadb.sh"),
            // The client's package brings perl for programs that no server needs; what dumps and restores is not written in it.
            ["/etc/dpkg/dpkg.cfg.d/nua-mariadb"] = """
                path-exclude=/usr/bin/innochecksum
                path-exclude=/usr/bin/innotop
                path-exclude=/usr/bin/mariadb-access
                path-exclude=/usr/bin/mariadb-conv
                path-exclude=/usr/bin/mariadb-slap
                path-exclude=/usr/bin/mariadb-waitpid
                path-exclude=/usr/bin/mytop
                path-exclude=/usr/bin/perror
                path-exclude=/usr/bin/replace
                path-exclude=/usr/bin/resolve_stack_dump
                path-exclude=/usr/lib/*/perl/*
                path-exclude=/usr/share/perl/*

                """,
        },
        SetUp =
        [
            "groupadd --system --gid 999 mysql"
            + $" && useradd --system --uid 999 --gid 999 --home-dir {DataFolder} --shell /usr/sbin/nologin mysql"
            + $" && install -d -o mysql -g mysql -m 700 {DataFolder}",
        ],
        Command = [Start],
        RegistryReference = $"docker.io/library/mariadb:{version}",
    };

    // Later packages' names do not say the version, so it must be known that it is the right one.
    private static IReadOnlyList<string> PackagesOf(string version) => version switch
    {
        "10.5" => ["mariadb-client-10.5", "mariadb-server-core-10.5", "passwd"],
        _ when Versions.SuitesOf(version).Count > 0 => ["mariadb-client", "mariadb-server-core", "passwd"],
        _ => [],
    };
}
