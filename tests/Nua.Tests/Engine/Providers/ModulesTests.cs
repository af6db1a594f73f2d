using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Providers;
using Nua.Engine.Providers.Mail;
using Nua.Engine.Providers.MariaDb;
using Nua.Engine.Providers.Memcached;
using Nua.Engine.Providers.Mongo;
using Nua.Engine.Providers.Postgres;
using Nua.Engine.Providers.RabbitMq;
using Nua.Engine.Providers.Redis;
using Nua.Engine.Providers.Sqlite;
using Xunit;

namespace Nua.Tests.Engine.Providers;

public sealed class ModulesTests
{
    internal static readonly IReadOnlyList<IProvider> All =
    [
        new PostgresProvider("15"), new MariaDbProvider("10.11"), new RedisCacheProvider("7.0"), new RedisProvider("7.0"),
        new MemcachedProvider("1.6"), new RabbitMqProvider("3.10"), new SqliteProvider(), new MailProvider("1"), new MongoProvider(),
    ];

    public static TheoryData<string> Servers => [.. All.OfType<IServerProvider>().Select(module => module.Name)];

    /// <summary>What packages of the predecessor look up.</summary>
    [Theory]
    [InlineData("postgres", "/var/lib/postgresql/data", "POSTGRES_DB POSTGRES_PASSWORD POSTGRES_PORT POSTGRES_USER")]
    [InlineData("mariadb", "/var/lib/mysql", "MARIADB_DATABASE MARIADB_PASSWORD MARIADB_PORT MARIADB_ROOT_PASSWORD MARIADB_USER")]
    [InlineData("mongo", "/data/db", "MONGO_INITDB_ROOT_PASSWORD MONGO_INITDB_ROOT_USERNAME MONGO_PORT")]
    [InlineData("redis-cache", "", "REDIS_MAXMEMORY REDIS_PORT")]
    [InlineData("sqlite", "/nua/app/sqlite", "SQLITE_DB SQLITE_DIR SQLITE_SOURCE")]
    public void The_predecessors_modules_keep_their_names(string module, string volume, string variables)
    {
        var found = All.Single(provider => provider.Name == module);

        Assert.Equal(volume, string.Join(' ', found.Volumes.Select(known => known.Target)));
        Assert.Equal(variables, string.Join(' ', found.Env.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_package_may_name_each_without_a_warning() => Assert.All(All, module => Assert.Empty(
        Inspect($"module-name = \"{module.Name}\"").Findings));

    [Theory]
    [MemberData(nameof(Servers))]
    public void The_question_whether_it_serves_shows_no_secret(string module)
    {
        var server = All.OfType<IServerProvider>().Single(provider => provider.Name == module);
        var env = server.Env.ToDictionary(
            variable => variable.Key, variable => variable.Value is Setting.RandomText ? "s3same" : variable.Key);

        var question = server.IsReady(env);

        Assert.DoesNotContain(question.Arguments, argument => argument.Contains("s3same", StringComparison.Ordinal));
        Assert.Equal(env.ContainsValue("s3same"), question.Secrets.Values.Any(secret => secret.Reveal() == "s3same"));
    }

    [Fact]
    public void Redis_as_a_cache_asks_for_a_password_when_the_package_sets_one() => Assert.Equal(
        "s3same", new RedisCacheProvider("7.0").IsReady(new Dictionary<string, string> { ["REDIS_PASSWORD"] = "s3same" }).Secrets["REDISCLI_AUTH"].Reveal());

    [Theory]
    [InlineData(">=10", "10.11")]
    [InlineData(">=10.6, <11", "10.11")]
    [InlineData(">=11", "11.8")]
    [InlineData("<10.6", "10.5")]
    public void Other_releases_have_what_this_one_has_not(string wanted, string given)
    {
        var module = new MariaDbProvider(MariaDbImage.Versions.In(["bookworm", "trixie", "bullseye"]));

        Assert.Equal(given, ProviderCatalog.VersionOf(Requirement($"module-name = \"mariadb\"\nmodule-version = \"{wanted}\""), module, inUse: null));
        Assert.NotEmpty(MariaDbImage.For(given).Suites);
    }

    [Theory]
    [InlineData("10.5", "mariadb-client-10.5 mariadb-server-core-10.5 passwd")]
    [InlineData("11.8", "mariadb-client mariadb-server-core passwd")]
    public void Packages_are_called_as_the_release_calls_them(string version, string packages) =>
        Assert.Equal(packages, string.Join(' ', MariaDbImage.For(version).Packages));

    [Fact]
    public void What_no_release_has_is_made_of_no_packages() => Assert.Empty(MariaDbImage.For("11.4").Packages);

    [Fact]
    public void Without_an_image_of_mongo_the_package_is_told_to_name_one()
    {
        var refusal = Assert.Throws<NuaException>(() =>
            ProviderCatalog.VersionOf(Requirement("module-name = \"mongo\""), new MongoProvider(), inUse: null)).Problem;

        Assert.Equal("provider.version-unavailable", refusal.Code);
        Assert.Equal("The provider 'service' asks for mongo, which cannot be had here.", refusal.Message);
        Assert.Contains("type = \"docker-image\"", refusal.Hint, StringComparison.Ordinal);
        Assert.Contains("base-image", refusal.Hint, StringComparison.Ordinal);
    }

    private static ProviderRequirement Requirement(string lines) => Assert.Single(Inspect(lines).Package!.Providers);

    private static PackageReading Inspect(string lines) => PackageReader.Inspect(
        "nua-config.toml",
        $"""
        [metadata]
        id = "shop"
        version = "1"
        title = "Shop"
        author = "The Nua developers"

        [[provider]]
        name = "service"
        {lines}
        """);
}
