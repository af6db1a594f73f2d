using Nua.Engine.Providers;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Compares a server that runs with what it is to be. Pure.</summary>
internal static class CredentialDrift
{
    /// <summary>
    /// Whether its own credentials, and what is made of them, are all that differs; and whether it can be told them without anybody
    /// who looks seeing them.
    /// </summary>
    public static bool IsAll(WorkloadPlan old, WorkloadPlan wanted, IRotatesCredentials module)
    {
        var changed = wanted.Env.Keys.Union(old.Env.Keys)
            .Where(name => old.Env.GetValueOrDefault(name) != wanted.Env.GetValueOrDefault(name))
            .ToList();
        return wanted.HasAgent
            && changed.Count > 0
            && changed.All(name => old.Env.ContainsKey(name) && wanted.Env.TryGetValue(name, out var value) && IsOfCredentials(value, wanted.Role, module))
            && DeployPlanner.Text(old with { Env = NoEnv }) == DeployPlanner.Text(wanted with { Env = NoEnv });
    }

    private static IReadOnlyDictionary<string, EnvValue> NoEnv { get; } = new Dictionary<string, EnvValue>();

    private static bool IsOfCredentials(EnvValue value, string role, IRotatesCredentials module) =>
        value.IsSecret
        && value.Parts.Select(part => part.Kept).OfType<KeptReference>().Where(kept => kept.IsSecret).All(
            kept => kept.Owner == role && module.Credentials.Contains(KeptNames.VariableOf(kept.Name)));
}
