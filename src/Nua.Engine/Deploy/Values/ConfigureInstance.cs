using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>
/// Gives an instance other values: a new deployment of what serves, planned and proven as any. What it runs stays exactly that.
/// </summary>
public sealed class ConfigureInstance(EngineSeams seams) : UseCase<ConfigureRequest, DeployResult>(
    "configure", EngineJson.Default.ConfigureRequest, EngineJson.Default.DeployResult)
{
    private readonly ServingPlanner _planner = new(seams);
    private readonly Rollout _rollout = new(seams);

    public override string SubjectOf(ConfigureRequest request) => request.Instance.ToString();

    public override async Task<DeployResult> RunAsync(ConfigureRequest request, Operation operation, CancellationToken cancellation)
    {
        if (request.Ticket is { } ticket)
        {
            await operation.StepAsync(
                DeploySteps.TakeSecrets,
                () => MustHaveAsync(request, cancellation),
                undo: () => seams.Vault.ForgetMadeByAsync(ticket, CancellationToken.None));
        }

        var facts = await operation.StepAsync(
            DeploySteps.Look,
            EngineJson.Default.DeployFacts,
            async () => await _planner.FactsOfAsync(
                request, await seams.Vault.ReadAsync(request.Instance, cancellation), cancellation));
        return facts.IsConfigured
            ? DeployResult.Unchanged(facts.Serving!, facts.HttpsPort)
            : await _rollout.RunAsync(_planner.Plan(facts, operation.Id), facts, operation, cancellation);
    }

    private async Task MustHaveAsync(ConfigureRequest request, CancellationToken cancellation)
    {
        var kept = await seams.Vault.ReadAsync(request.Instance, cancellation);
        var missing = request.Set.Select(given => given.Value.Kept).OfType<KeptReference>().FirstOrDefault(one => !kept.ContainsKey(one.Key));
        if (missing is not null)
        {
            throw new NuaException(DeployProblems.ValueMissing(missing));
        }
    }
}
