using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Core.Versions;

namespace Nua.Engine.Providers;

/// <summary>The providers this server knows.</summary>
public sealed class ProviderCatalog(params IReadOnlyList<IProvider> providers)
{
    /// <summary>The module the requirement names; <see langword="null"/> when it names none.</summary>
    /// <exception cref="NuaException"><c>provider.unknown-module</c></exception>
    public IProvider? ModuleOf(ProviderRequirement requirement) =>
        requirement.Module is null ? null : Find(requirement.Module)
            ?? throw new NuaException(ProviderProblems.UnknownModule(requirement, providers.Select(provider => provider.Name)));

    /// <summary>The module of that name.</summary>
    public IProvider? Find(string module) => providers.FirstOrDefault(provider => provider.Name == module);

    /// <summary>The first of its versions that the requirement accepts.</summary>
    /// <exception cref="NuaException"><c>provider.bad-version</c>, <c>provider.version-unavailable</c></exception>
    public static string VersionOf(ProviderRequirement requirement, IProvider module)
    {
        var range = VersionRange.TryParse(requirement.ModuleVersion ?? "")
            ?? throw new NuaException(ProviderProblems.BadVersion(requirement));
        return module.Versions.FirstOrDefault(range.Contains)
            ?? throw new NuaException(ProviderProblems.VersionUnavailable(requirement, module));
    }
}
