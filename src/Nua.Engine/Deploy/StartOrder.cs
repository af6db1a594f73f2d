using Nua.Core.Packages;
using Nua.Core.Problems;

namespace Nua.Engine.Deploy;

/// <summary>Puts providers in the order in which they can start: each after those whose values it looks up.</summary>
internal static class StartOrder
{
    /// <exception cref="NuaException"><c>deploy.provider-cycle</c>, <c>deploy.provider-twice</c></exception>
    public static IReadOnlyList<EffectiveProvider> Of(IReadOnlyList<EffectiveProvider> providers)
    {
        if (providers.GroupBy(provider => provider.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new NuaException(DeployProblems.ProviderTwice(twice.Key));
        }

        var ordered = new List<EffectiveProvider>();
        var waiting = providers.ToList();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(provider => !Needs(provider).Any(name => waiting.Any(other => other.Name == name))).ToList();
            if (ready.Count == 0)
            {
                throw new NuaException(DeployProblems.ProviderCycle(waiting.Select(provider => provider.Name)));
            }

            ordered.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
        }

        return ordered;
    }

    private static IEnumerable<string> Needs(EffectiveProvider provider) => provider.Env.Values
        .OfType<Setting.Lookup>()
        .Select(lookup => lookup.From)
        .OfType<string>()
        .Where(from => from.Length > 0 && from != provider.Name && provider.Volumes.All(volume => volume.Name != from));
}
