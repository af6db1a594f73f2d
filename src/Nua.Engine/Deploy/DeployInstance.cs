using Nua.Core.Packages;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Operations;

namespace Nua.Engine.Deploy;

/// <summary>Turns an image into an instance that passes its tests through the gateway, and only then puts it live.</summary>
public sealed class DeployInstance(EngineSeams seams, OperationRunner runner) : UseCase<DeployRequest, DeployResult>(
    "deploy", EngineJson.Default.DeployRequest, EngineJson.Default.DeployResult)
{
    private readonly FactFinder _facts = new(seams);
    private readonly DeployPlanner _planner = new(seams.Names, seams.Providers);
    private readonly SharedServerSteps _servers = new(seams, runner);
    private readonly Rollout _rollout = new(seams);

    public override string SubjectOf(DeployRequest request) => request.Instance.ToString();

    public override async Task<DeployResult> RunAsync(DeployRequest request, Operation operation, CancellationToken cancellation)
    {
        var facts = await operation.StepAsync(
            DeploySteps.Look,
            EngineJson.Default.DeployFacts,
            () => _facts.GatherAsync(request, cancellation));
        var package = EffectivePackage.Of(request, facts);
        DeployPlanner.StrategyOf(request, facts, package);
        var images = await HaveImagesAsync(package, facts, operation, cancellation);
        var plan = _planner.Plan(request, facts, package, images, operation.Id);
        foreach (var tenancy in plan.Deployment.Tenancies.DistinctBy(tenancy => tenancy.Server))
        {
            await _servers.HaveAsync(tenancy, operation, cancellation);
        }

        return await _rollout.RunAsync(plan, facts, operation, cancellation);
    }

    private async Task<IReadOnlyList<ProviderImage>> HaveImagesAsync(
        Package package, DeployFacts facts, Operation operation, CancellationToken cancellation)
    {
        var images = new List<ProviderImage>();
        foreach (var requirement in package.Providers)
        {
            var provider = EffectiveProvider.Of(requirement, seams.Providers, facts, package);
            if (provider.Runs)
            {
                images.Add(await operation.StepAsync(
                    DeploySteps.HaveImage(provider.Name),
                    EngineJson.Default.ProviderImage,
                    async () =>
                    {
                        var image = provider.Recipe is { } recipe
                            ? await seams.ImageSupply.EnsureAsync(recipe, operation.Log, cancellation)
                            : await _facts.SubApplicationAsync(facts, provider.Name, cancellation);
                        return ProviderImage.Of(provider.Name, image);
                    }));
            }
        }

        return images;
    }
}
