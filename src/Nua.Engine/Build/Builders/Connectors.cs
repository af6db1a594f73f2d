using Nua.Core.Packages;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// The client libraries that go with a database, for one language: asked for by <c>meta-packages</c> or <c>connector</c>, or
/// brought by the provider's module.
/// </summary>
internal sealed class Connectors
{
    private readonly Func<string, string[]> _packagesOf;

    private Connectors(Func<string, string[]> packagesOf) => _packagesOf = packagesOf;

    public static Connectors Python { get; } = new(name => name switch
    {
        "postgres-client" or "psycopg2" => ["python3-psycopg2"],
        "mariadb-client" => ["mariadb-client", "python3-mysqldb"],
        "redis-client" => ["python3-redis"],
        "memcached-client" => ["python3-pymemcache"],
        "rabbitmq-client" => ["python3-pika"],
        "mongo-client" => ["python3-pymongo"],
        _ => [],
    });

    public static Connectors Php { get; } = new(name => name switch
    {
        "postgres-client" => ["php-pgsql"],
        "mariadb-client" => ["php-mysql"],
        "redis-client" => ["php-redis"],
        "memcached-client" => ["php-memcached"],
        "rabbitmq-client" => ["php-amqp"],
        "mongo-client" => ["php-mongodb"],
        "sqlite-client" => ["php-sqlite3"],
        _ => [],
    });

    public static Connectors Ruby { get; } = new(name => name switch
    {
        "postgres-client" => ["ruby-pg"],
        "mariadb-client" => ["ruby-mysql2"],
        "redis-client" => ["ruby-redis"],
        "memcached-client" => ["ruby-dalli"],
        "rabbitmq-client" => ["ruby-bunny"],
        "mongo-client" => ["ruby-mongo"],
        "sqlite-client" => ["ruby-sqlite3"],
        _ => [],
    });

    /// <summary>Distribution packages that an application needs to speak to its providers.</summary>
    public IReadOnlyList<string> For(Package package) => [.. NamesIn(package).SelectMany(_packagesOf).Distinct()];

    public IEnumerable<Decision> Explain(Package package) =>
        from name in NamesIn(package)
        let packages = _packagesOf(name)
        where packages.Length > 0
        select new Decision("connector", string.Join(' ', packages), $"{name} is asked for, or goes with a provider");

    private static IEnumerable<string> NamesIn(Package package) => package.Build.MetaPackages
        .Concat(package.Providers.SelectMany(provider => provider.Connector))
        .Concat(package.Providers.Select(provider => OfModule(provider.Module)).OfType<string>())
        .Distinct();

    private static string? OfModule(string? module) => module switch
    {
        "postgres" => "postgres-client",
        "mariadb" or "memcached" or "mongo" or "rabbitmq" or "redis" or "sqlite" => $"{module}-client",
        "redis-cache" => "redis-client",
        _ => null,
    };
}
