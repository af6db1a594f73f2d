using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Operations;

namespace Nua.Engine.Deploy.Values;

/// <summary>A wish to have secrets made anew.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Names">Variables that hold them; empty: all that can be made anew.</param>
/// <param name="Workload">Whose variables they are; <see langword="null"/>: whoever has them.</param>
public sealed record RotateRequest(InstanceName Instance, IReadOnlyList<string> Names, string? Workload = null);

/// <summary>
/// Makes secrets anew: a new deployment of what serves, with passwords changed in the servers that know them. Until the new one has
/// passed its tests, everything can be put back.
/// </summary>
public sealed class RotateSecrets(EngineSeams seams) : UseCase<RotateRequest, DeployResult>(
    "rotate", EngineJson.Default.RotateRequest, EngineJson.Default.DeployResult)
{
    private readonly ServingPlanner _planner = new(seams);
    private readonly Rollout _rollout = new(seams);

    public override string SubjectOf(RotateRequest request) => request.Instance.ToString();

    public override async Task<DeployResult> RunAsync(RotateRequest request, Operation operation, CancellationToken cancellation)
    {
        var facts = await operation.StepAsync(
            DeploySteps.Look,
            EngineJson.Default.DeployFacts,
            () => _planner.FactsOfAsync(request, operation.Id, cancellation));
        return await _rollout.RunAsync(_planner.PlanRotation(facts, operation.Id), facts, operation, cancellation);
    }
}

/// <summary>Says what a rotation would do. Looks, and changes nothing.</summary>
public sealed class PlanRotation(EngineSeams seams)
{
    private readonly ServingPlanner _planner = new(seams);

    /// <exception cref="NuaException">The rotation would be refused, for the same reason.</exception>
    public async Task<DeployForecast> RunAsync(RotateRequest request, CancellationToken cancellation)
    {
        var facts = await _planner.FactsOfAsync(request, KeptNames.NoVersion, cancellation);
        return new Forecasting(_planner.PlanRotation(facts, KeptNames.NoVersion), facts, [DeploySteps.Look]).Tell([]);
    }
}
