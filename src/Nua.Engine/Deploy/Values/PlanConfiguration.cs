using Nua.Core;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>Says what other values would do to an instance, by the planner that changes them. Looks, and changes nothing.</summary>
public sealed class PlanConfiguration(EngineSeams seams)
{
    private readonly TakeValues _take = new(seams);
    private readonly ServingPlanner _planner = new(seams);

    /// <exception cref="NuaException">The change would be refused, for the same reason.</exception>
    public async Task<DeployForecast> RunAsync(ValuesWish wish, CancellationToken cancellation)
    {
        var request = await _take.NameAsync(wish, KeptNames.NoVersion, cancellation);
        var kept = new Dictionary<KeptKey, Secret>(await seams.Vault.ReadAsync(wish.Instance, cancellation));
        foreach (var (wished, given) in wish.Set.Zip(request.Set))
        {
            if (given.Value.Kept is { } reference)
            {
                kept[reference.Key] = wished.Value;
            }
        }

        var facts = await _planner.FactsOfAsync(request, kept, cancellation);
        var opening = request.Ticket is null ? [DeploySteps.Look] : new[] { DeploySteps.TakeSecrets, DeploySteps.Look };
        return facts.IsConfigured
            ? Forecasting.Nothing(facts.Serving!, facts.HttpsPort, opening)
            : new Forecasting(_planner.Plan(facts, KeptNames.NoVersion), facts, opening).Tell([]);
    }
}
