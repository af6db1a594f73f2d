using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>Who says what the value of a variable is.</summary>
public enum VariableOrigin
{
    /// <summary>The package, or the module of a provider.</summary>
    Package,

    /// <summary>A sites file.</summary>
    Site,

    /// <summary>The operator, with <c>nua env set</c>.</summary>
    Operator,

    /// <summary>It was made for this variable: by chance, or as a name that is unique on the server.</summary>
    Generated,

    /// <summary>It is looked up from a provider.</summary>
    Provider,
}

/// <summary>Says where the values of a deployment come from. Pure.</summary>
public sealed class VariableOrigins(Deployment deployment)
{
    private readonly Package _package = PackageReader.Read("nua-config.json", deployment.Config);

    /// <summary>Where the value comes from, and of one that is looked up, from which provider.</summary>
    public (VariableOrigin Origin, string? From) Of(IDeploymentPart part, string name)
    {
        var key = new VariableKey(part.Role, name);
        var value = part.Env[name];
        return deployment.Given.Any(given => given.Key == key) ? (VariableOrigin.Operator, null)
            : ProviderOf(_package, key, value) is { } provider ? (VariableOrigin.Provider, (string?)provider)
            : value.Kept is not null ? (VariableOrigin.Generated, null)
            : deployment.SiteVariables.Contains(key) ? (VariableOrigin.Site, null)
            : (VariableOrigin.Package, null);
    }

    /// <summary>The provider that the value is looked up from: by name, or because it made what is in the value.</summary>
    internal static string? ProviderOf(Package package, VariableKey key, EnvValue value) =>
        SettingOf(package, key) is Setting.Lookup { From: { Length: > 0 } provider }
            ? provider
            : value.Parts.Select(part => part.Kept?.Owner).FirstOrDefault(owner => owner is not null && owner != key.Workload);

    private static Setting? SettingOf(Package package, VariableKey key) => key.Workload == WorkloadPlan.AppRole
        ? package.Env.GetValueOrDefault(key.Name)
        : package.Providers.FirstOrDefault(provider => provider.Name == key.Workload)?.Env.GetValueOrDefault(key.Name);
}
