using System.Text.Json;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Images;
using Nua.Engine.Providers;

namespace Nua.Engine.Deploy;

/// <summary>A provider as the package asks for it, over what its module brings.</summary>
internal sealed record EffectiveProvider
{
    public required string Name { get; init; }

    public required IProvider? Module { get; init; }

    /// <summary>The image to have for it; <see langword="null"/> when it is nothing but volumes.</summary>
    public required ImageRecipe? Recipe { get; init; }

    public required IReadOnlyDictionary<string, Setting> Env { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Docker { get; init; }

    public required IReadOnlyList<Port> Ports { get; init; }

    public required IReadOnlyList<Volume> Volumes { get; init; }

    public required HealthCheck? HealthCheck { get; init; }

    /// <summary>Whether it is a workload of its own.</summary>
    public bool Runs => Recipe is not null;

    /// <exception cref="NuaException"><c>provider.unknown-module</c>, <c>provider.version-unavailable</c>, <c>deploy.provider-unsupported</c></exception>
    public static EffectiveProvider Of(ProviderRequirement requirement, ProviderCatalog catalog)
    {
        var module = catalog.ModuleOf(requirement);
        return new EffectiveProvider
        {
            Name = requirement.Name,
            Module = module,
            Recipe = RecipeOf(requirement, module),
            Env = (module?.Env ?? new Dictionary<string, Setting>()).Concat(requirement.Env)
                .GroupBy(variable => variable.Key)
                .ToDictionary(variable => variable.Key, variable => variable.Last().Value),
            Docker = requirement.Docker,
            Ports = requirement.Ports,
            Volumes = requirement.Volumes ?? module?.Volumes ?? [],
            HealthCheck = requirement.HealthCheck,
        };
    }

    private static ImageRecipe? RecipeOf(ProviderRequirement requirement, IProvider? module) => requirement switch
    {
        { Build.BaseImage: { Length: > 0 } reference } => new ImageRecipe
        {
            Name = reference,
            Version = "",
            RegistryReference = reference,
            UnderAgent = true,
        },
        _ when module is not null => module.Image(ProviderCatalog.VersionOf(requirement, module)),
        { Type: "volume" } => null,
        _ => throw new NuaException(DeployProblems.ProviderUnsupported(requirement)),
    };
}
