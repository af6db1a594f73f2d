using Nua.Engine.Images.Mirrors;

namespace Nua.Engine.Images;

/// <summary>A package of npm's registry, known by its content.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Version">Its version.</param>
/// <param name="Integrity">The SHA-512 of its archive, as npm writes it, without what says that it is one.</param>
public sealed record NpmPackage(string Name, string Version, string Integrity)
{
    /// <summary>Where steps find the archives.</summary>
    public const string Place = $"{PackageSources.Place}/npm";

    public string Sha512 => Convert.ToHexStringLower(Convert.FromBase64String(Integrity));

    /// <summary>The archive, where a step finds it.</summary>
    public string File => $"{Place}/{Name}.tgz";
}
