using Nua.Core;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>Plans the next deployment of what serves, by the planner of every deploy: its images stay, its values need not.</summary>
internal sealed class ServingPlanner(EngineSeams seams)
{
    private readonly FactFinder _facts = new(seams);
    private readonly DeployPlanner _planner = new(seams.Names, seams.Providers);

    /// <summary>The facts, with the values that are given once the wish is granted.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c>, <c>values.at-rest</c></exception>
    public async Task<DeployFacts> FactsOfAsync(
        ConfigureRequest request, IReadOnlyDictionary<KeptKey, Secret> kept, CancellationToken cancellation)
    {
        var facts = await _facts.OfServingAsync(request.Instance, cancellation);
        return facts with { Given = GivenValues.After(facts.Given, request, kept) };
    }

    /// <exception cref="NuaException">The values come to what cannot be run, such as a circle.</exception>
    public DeployPlan Plan(DeployFacts facts, string operation)
    {
        var serving = facts.Serving!;
        var request = new DeployRequest(facts.Image, serving.Instance, facts.Domain);
        return _planner.Plan(request, facts, EffectivePackage.Of(request, facts), ImagesOf(serving), operation);
    }

    private static IReadOnlyList<ProviderImage> ImagesOf(Deployment serving) =>
    [
        .. from workload in serving.Workloads
            where workload.Role != WorkloadPlan.AppRole
            select new ProviderImage(workload.Role, workload.Image, workload.ImageId, workload.HasAgent),
    ];
}
