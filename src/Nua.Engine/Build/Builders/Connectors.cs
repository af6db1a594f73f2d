using Nua.Core.Packages;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// The client libraries that go with a database: asked for by <c>meta-packages</c> or <c>connector</c>, or brought by the
/// provider's module.
/// </summary>
internal static class Connectors
{
    /// <summary>Distribution packages that a Python application needs to speak to its providers.</summary>
    public static IReadOnlyList<string> ForPython(Package package) =>
        [.. NamesIn(package).SelectMany(PythonPackages).Distinct()];

    public static IEnumerable<Decision> ExplainForPython(Package package) =>
        from name in NamesIn(package)
        let packages = PythonPackages(name)
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

    private static string[] PythonPackages(string name) => name switch
    {
        "postgres-client" or "psycopg2" => ["python3-psycopg2"],
        "mariadb-client" => ["mariadb-client", "python3-mysqldb"],
        _ => [],
    };
}
