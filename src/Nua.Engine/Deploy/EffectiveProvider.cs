using System.Text.Json;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Images;
using Nua.Engine.Providers;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>A provider as the package asks for it, over what its module brings.</summary>
internal sealed record EffectiveProvider
{
    public required string Name { get; init; }

    public required IProvider? Module { get; init; }

    /// <summary>The module's version that is to run; <see langword="null"/> without a module, and with an image of its own.</summary>
    public required string? Version { get; init; }

    /// <summary>The image to have for it; <see langword="null"/> when it is nothing but volumes, and when the package builds it.</summary>
    public required ImageRecipe? Recipe { get; init; }

    public required IReadOnlyDictionary<string, Setting> Env { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Docker { get; init; }

    public required IReadOnlyList<Port> Ports { get; init; }

    public required IReadOnlyList<Volume> Volumes { get; init; }

    public required HealthCheck? HealthCheck { get; init; }

    /// <summary>Whether it is a workload of its own.</summary>
    public bool Runs => Server is null && (Recipe is not null || IsSubApplication);

    /// <summary>The shared server that it is a database in; <see langword="null"/>: none.</summary>
    public ServerKind? Server { get; init; }

    /// <summary>Whether its image was built with the app's.</summary>
    public bool IsSubApplication { get; init; }

    /// <param name="requirement">What the package asks for.</param>
    /// <param name="catalog">What there is.</param>
    /// <param name="facts">Whose data is there: it goes on with the version that wrote it, where it is.</param>
    /// <param name="package">The package.</param>
    /// <exception cref="NuaException">
    /// <c>provider.unknown-module</c>, <c>provider.version-unavailable</c>, <c>provider.version-in-use</c>, <c>deploy.provider-unsupported</c>,
    /// <c>share.cannot-be-shared</c>
    /// </exception>
    public static EffectiveProvider Of(ProviderRequirement requirement, ProviderCatalog catalog, DeployFacts facts, Package package)
    {
        var own = OfItsOwn(requirement, catalog, facts.HeritageOf(package.Metadata.Id));
        return facts.IsShared(requirement.Name, package) ? own.InSharedServer(requirement) : own;
    }

    /// <summary>The same as a database in a shared server: the volumes, and what only its administrator is told, are the server's.</summary>
    private EffectiveProvider InSharedServer(ProviderRequirement requirement)
    {
        ShareRules.Refuse(requirement, Module);
        var module = (IHoldsTenants)Module!;
        return this with
        {
            Server = new ServerKind(module.Name, Version!),
            Env = Env.Where(variable => requirement.Env.ContainsKey(variable.Key) || module.TenantVariables.Contains(variable.Key)).ToDictionary(),
            Volumes = [],
        };
    }

    private static EffectiveProvider OfItsOwn(ProviderRequirement requirement, ProviderCatalog catalog, Deployment? heritage)
    {
        var module = catalog.ModuleOf(requirement);
        var version = module is IServerProvider server && !HasOwnImage(requirement)
            ? ProviderCatalog.VersionOf(requirement, server, VersionInUse(requirement, server, heritage))
            : null;
        return new EffectiveProvider
        {
            Name = requirement.Name,
            Module = module,
            Version = version,
            IsSubApplication = requirement.IsSubApplication,
            Recipe = RecipeOf(requirement, module, version),
            Env = (module?.Env ?? new Dictionary<string, Setting>()).Concat(requirement.Env)
                .GroupBy(variable => variable.Key)
                .ToDictionary(variable => variable.Key, variable => variable.Last().Value),
            Docker = requirement.Docker,
            Ports = requirement.Ports,
            Volumes = requirement.Volumes ?? module?.Volumes ?? [],
            HealthCheck = requirement.HealthCheck,
        };
    }

    private static bool HasOwnImage(ProviderRequirement requirement) => requirement.Build?.BaseImage is { Length: > 0 };

    private static string? VersionInUse(ProviderRequirement requirement, IProvider module, Deployment? heritage) =>
        heritage?.Workloads.FirstOrDefault(old => old.Role == requirement.Name && old.Module == module.Name)?.ModuleVersion
        ?? heritage?.Tenancies.FirstOrDefault(old => old.Role == requirement.Name && old.Module == module.Name)?.ModuleVersion;

    private static ImageRecipe? RecipeOf(ProviderRequirement requirement, IProvider? module, string? version) => requirement switch
    {
        { IsSubApplication: true } => null,
        { Build.BaseImage: { Length: > 0 } reference } => new ImageRecipe
        {
            Name = reference,
            Version = "",
            RegistryReference = reference,
            UnderAgent = true,
        },
        _ when module is IServerProvider server => server.Image(version!),
        _ when module is not null || requirement.Type is "volume" => null,
        _ => throw new NuaException(DeployProblems.ProviderUnsupported(requirement)),
    };
}
