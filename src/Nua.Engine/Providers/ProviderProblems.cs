using Nua.Core.Packages;
using Nua.Core.Problems;

namespace Nua.Engine.Providers;

/// <summary>The words of the room.</summary>
internal static class ProviderProblems
{
    /// <summary>No provider has that name.</summary>
    public static Problem UnknownModule(ProviderRequirement requirement, IEnumerable<string> known) => new(
        ProblemKind.Invalid,
        "provider.unknown-module",
        $"The provider '{requirement.Name}' asks for the module '{requirement.Module}', which this server does not have.",
        $"Use one of: {string.Join(", ", known)}; or give the provider an image with 'base-image'.");

    /// <summary>What it asks for is no range of versions.</summary>
    public static Problem BadVersion(ProviderRequirement requirement) => new(
        ProblemKind.Invalid,
        "provider.bad-version",
        $"The provider '{requirement.Name}' asks for the version '{requirement.ModuleVersion}', which is not a version range.",
        "Write it as module-version = \">=15, <16\".");

    /// <summary>Another version wrote the data there is.</summary>
    public static Problem VersionInUse(
        ProviderRequirement requirement, IServerProvider module, string inUse, IReadOnlyList<string> fitting) => new(
        ProblemKind.Conflict,
        "provider.version-in-use",
        $"The data of the provider '{requirement.Name}' was written by {module.Name} {inUse}; {module.Name} {string.Join(", ", fitting)} cannot read it.",
        $"Let 'module-version' accept {inUse}, and see that an image source supplies it ('suite' and 'sources' under [images] in nua.toml).");

    /// <summary>No version there is lies in the range.</summary>
    public static Problem VersionUnavailable(ProviderRequirement requirement, IServerProvider module) => new(
        ProblemKind.Invalid,
        "provider.version-unavailable",
        $"The provider '{requirement.Name}' asks for {$"{module.Name} {requirement.ModuleVersion}".TrimEnd()}, which cannot be had here.",
        module.Versions.Count == 0
            ? $"No image source supplies {module.Name}: name an image with type = \"docker-image\" and base-image = \"…\" in [provider.build]."
            : $"Available are {module.Name} {string.Join(", ", module.Versions)}: change 'module-version', or name an image with base-image in [provider.build].");
}
