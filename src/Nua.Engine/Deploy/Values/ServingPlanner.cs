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

    /// <summary>The facts, with the secrets that are made anew once the wish is granted.</summary>
    /// <exception cref="NuaException">What <see cref="Rotation.After"/> refuses, <c>deploy.no-instance</c>, <c>values.at-rest</c></exception>
    public async Task<DeployFacts> FactsOfAsync(RotateRequest request, string operation, CancellationToken cancellation)
    {
        var facts = await _facts.OfServingAsync(request.Instance, cancellation);
        var secrets = new InstanceSecrets(seams.Providers).Of(facts.Serving!);
        return facts with { Versions = Rotation.After(facts.Versions, request, secrets, operation) };
    }

    /// <exception cref="NuaException">The values come to what cannot be run, such as a circle.</exception>
    public DeployPlan Plan(DeployFacts facts, string operation)
    {
        var serving = facts.Serving!;
        var request = new DeployRequest(facts.Image, serving.Instance, facts.Domain);
        return _planner.Plan(request, facts, EffectivePackage.Of(request, facts), ProviderImage.AllOf(serving), operation);
    }

    /// <summary>The same, of other secrets: a password that a server knows is changed in it, or nothing is.</summary>
    /// <exception cref="NuaException"><c>values.not-while-running</c></exception>
    public DeployPlan PlanRotation(DeployFacts facts, string operation)
    {
        var plan = Plan(facts, operation);
        var told = new InstanceSecrets(seams.Providers).Of(plan.Deployment).Where(secret => secret.Kind is SecretKind.Credential);
        var made = facts.Versions.Except(facts.Serving!.Versions).Select(made => new VariableKey(made.Owner, made.Name)).ToHashSet();
        var renewed = plan.Renewals.Select(renewal => renewal.New.Role).Concat(plan.Deployment.Tenancies.Select(tenancy => tenancy.Role)).ToHashSet();
        return told.FirstOrDefault(secret => made.Contains(secret.Key) && !renewed.Contains(secret.Key.Workload))
            is { } untold
                ? throw new NuaException(ValueProblems.NotWhileRunning(untold.Key))
                : plan;
    }
}
