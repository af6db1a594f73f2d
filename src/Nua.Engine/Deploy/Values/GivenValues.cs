using Nua.Core;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>Works out what an operator has given once a wish is granted. Pure.</summary>
internal static class GivenValues
{
    /// <param name="before">What was given so far.</param>
    /// <param name="request">The wish.</param>
    /// <param name="kept">What the vault keeps, the wish's secrets among it: the same secret again is no change.</param>
    /// <returns>All that is given then, in the order of workloads and names.</returns>
    public static IReadOnlyList<GivenValue> After(
        IReadOnlyList<GivenValue> before, ConfigureRequest request, IReadOnlyDictionary<KeptKey, Secret> kept)
    {
        var changed = request.Set.Where(given => !before.Any(old => old.Key == given.Key && IsSame(old.Value, given.Value, kept))).ToList();
        var gone = changed.Select(given => given.Key).Concat(request.Unset).ToHashSet();
        return
        [
            .. before.Where(old => !gone.Contains(old.Key)).Concat(changed)
                .OrderBy(given => given.Workload, StringComparer.Ordinal)
                .ThenBy(given => given.Name, StringComparer.Ordinal),
        ];
    }

    private static bool IsSame(EnvValue old, EnvValue given, IReadOnlyDictionary<KeptKey, Secret> kept) =>
        old == given
        || (SecretOf(old, kept) is { } known && known == SecretOf(given, kept));

    private static Secret? SecretOf(EnvValue value, IReadOnlyDictionary<KeptKey, Secret> kept) =>
        value.Kept is { } reference ? kept.GetValueOrDefault(reference.Key) : null;
}
