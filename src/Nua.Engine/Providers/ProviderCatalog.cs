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

    /// <summary>The version that wrote the data there is; without data, the first that the requirement accepts.</summary>
    /// <param name="requirement">What the package asks for.</param>
    /// <param name="module">What it asks of.</param>
    /// <param name="inUse">The version whose data is there: another major version cannot read it as it is.</param>
    /// <exception cref="NuaException">
    /// <c>provider.bad-version</c>, <c>provider.version-unavailable</c>, <c>provider.version-in-use</c>
    /// </exception>
    public static string VersionOf(ProviderRequirement requirement, IServerProvider module, string? inUse)
    {
        var range = VersionRange.TryParse(requirement.ModuleVersion ?? "")
            ?? throw new NuaException(ProviderProblems.BadVersion(requirement));
        var fitting = module.Versions.Where(range.Contains).ToList();
        return fitting switch
        {
            [] => throw new NuaException(ProviderProblems.VersionUnavailable(requirement, module)),
            _ when inUse is null || module.Volumes.Count == 0 => fitting[0],
            _ when fitting.Contains(inUse) => inUse,
            _ => throw new NuaException(ProviderProblems.VersionInUse(requirement, module, inUse, fitting)),
        };
    }
}
