using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Providers;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>What an operator may give to an instance. Pure.</summary>
/// <param name="catalog">What providers there are.</param>
public sealed class ValueRules(ProviderCatalog catalog)
{
    /// <summary>What Linux gives a program as one variable, name and all, has less than 128 KiB (execve(2), MAX_ARG_STRLEN).</summary>
    private const int LongestValue = 64 * 1024;

    /// <summary>
    /// What the platform itself tells programs, and what has programs load the code of others (ld.so(8)): root's are among those
    /// that see it.
    /// </summary>
    private static readonly string[] Reserved = ["NUA_", "LD_"];

    private static readonly string[] SecretWords = ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIAL", "PRIVATE", "APIKEY"];

    /// <summary>
    /// Whether a value is kept as a secret: it was said to be one, or is called as secrets are, or is an address with a password in it.
    /// To seal too much does no harm; what was written to the journal once cannot be taken back.
    /// </summary>
    public static bool IsSecret(WishedValue wished)
    {
        var name = wished.Key.Name.ToUpperInvariant();
        return wished.IsSecret
            || name == "KEY"
            || name.EndsWith("_KEY", StringComparison.Ordinal)
            || SecretWords.Any(word => name.Contains(word, StringComparison.Ordinal))
            || (Uri.TryCreate(wished.Value.Reveal(), UriKind.Absolute, out var address) && address.UserInfo.Contains(':', StringComparison.Ordinal));
    }

    /// <exception cref="NuaException">
    /// <c>values.bad-name</c>, <c>values.reserved</c>, <c>values.bad-value</c>, <c>values.twice</c>, <c>values.nothing</c>,
    /// <c>values.unknown-workload</c>, <c>values.of-the-server</c>
    /// </exception>
    public void Check(ValuesWish wish, Deployment serving)
    {
        var keys = wish.Set.Select(wished => wished.Key).Concat(wish.Unset).ToList();
        Refuse(keys switch
        {
            [] => ValueProblems.Nothing(),
            _ when keys.GroupBy(key => key).FirstOrDefault(same => same.Count() > 1) is { } twice => ValueProblems.Twice(twice.Key),
            _ => null,
        });
        keys.ForEach(key => Refuse(WhyNot(key, serving)));
        foreach (var wished in wish.Set)
        {
            Refuse(WhyNot(wished) ?? WhyNotSet(wished.Key, serving));
        }
    }

    private static Problem? WhyNot(VariableKey key, Deployment serving) =>
        !VariableNames.IsValid(key.Name) ? ValueProblems.BadName(key.Name)
        : serving.Parts.All(part => part.Role != key.Workload) && serving.Given.All(given => given.Key != key)
            ? ValueProblems.UnknownWorkload(key.Workload, serving.Parts.Select(part => part.Role))
        : null;

    private static Problem? WhyNot(WishedValue wished) => wished switch
    {
        { Key.Name: var name } when Reserved.Any(start => name.StartsWith(start, StringComparison.Ordinal)) => ValueProblems.Reserved(name),
        { Key.Name: var name } when wished.Value.Reveal() is var value && value.AsSpan().ContainsAny('\0', '\n', '\r') => ValueProblems.MoreThanALine(name),
        { Key.Name: var name } when wished.Value.Reveal().Length > LongestValue => ValueProblems.TooLong(name, LongestValue),
        _ => null,
    };

    /// <summary>A server made its accounts with what its module chose; another value here would not change them.</summary>
    private Problem? WhyNotSet(VariableKey key, Deployment serving) =>
        serving.Parts.FirstOrDefault(part => part.Role == key.Workload) is { ProviderModule: { } module }
        && catalog.Find(module) is { } provider
        && provider.Env.GetValueOrDefault(key.Name) is not (null or Setting.Literal)
            ? ValueProblems.OfTheServer(serving.Instance, key)
            : null;

    private static void Refuse(Problem? problem)
    {
        if (problem is not null)
        {
            throw new NuaException(problem);
        }
    }
}
