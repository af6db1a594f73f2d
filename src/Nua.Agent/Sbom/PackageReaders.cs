using Nua.Agent.Sbom.Readers;

namespace Nua.Agent.Sbom;

/// <summary>THE list of ecosystems.</summary>
internal static class PackageReaders
{
    public static IReadOnlyList<IPackageReader> For(Distribution? distribution) =>
    [
        new DpkgReader(distribution),
        new ApkReader(distribution),
        new PythonReader(),
        new NpmReader(),
        new NodeReader(),
        new GemReader(),
        new JarReader(),
        new NuGetReader(),
        new ComposerReader(),
        new CargoReader(),
        new ProgramReader(),
    ];
}
