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
        _ => [],
    });

    public static Connectors Php { get; } = new(name => name switch
    {
        "postgres-client" => ["php-pgsql"],
        "mariadb-client" => ["php-mysql"],
        _ => [],
    });

    public static Connectors Ruby { get; } = new(name => name switch
    {
        "postgres-client" => ["ruby-pg"],
        "mariadb-client" => ["ruby-mysql2"],
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
        "mariadb" => "mariadb-client",
        _ => null,
    };
}
