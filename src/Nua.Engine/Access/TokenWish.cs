using System.Text.RegularExpressions;
using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Problems;

namespace Nua.Engine.Access;

/// <summary>A token that an administrator asks for.</summary>
/// <param name="Name">Who or what is to use it.</param>
/// <param name="Scopes">What it is to allow; at least one.</param>
/// <param name="Instances">The instances it is limited to; empty: the whole server.</param>
/// <param name="Life">How long; at most ten years.</param>
public sealed partial record TokenWish(string Name, IReadOnlyList<Scope> Scopes, IReadOnlyList<InstanceName> Instances, TimeSpan Life)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <summary>Makes it; the text is shown once and kept by nobody.</summary>
    /// <exception cref="NuaException"><c>access.bad-request</c></exception>
    public (KnownToken Known, Secret Text) Make(string createdBy, DateTimeOffset now)
    {
        if (WhyNot() is { } why)
        {
            throw new NuaException(AccessProblems.BadRequest(why));
        }

        var (token, text) = TokenText.Make();
        var known = new AccessToken(
            token.Id,
            Name,
            [.. Scopes.Distinct().Order()],
            [.. Instances.Select(instance => instance.ToString()).Distinct().Order(StringComparer.Ordinal)],
            createdBy,
            now,
            now + Life);
        return (new KnownToken(known, token.Hash), text);
    }

    private string? WhyNot() =>
        !Word.IsMatch(Name) ? $"'{Name}' cannot be its name: it takes at most 40 letters, digits, dots, hyphens and @"
        : Scopes.Count == 0 ? "it would allow nothing"
        : Life <= TimeSpan.Zero || Life > Longest ? "it would live for less than a second, or for more than ten years"
        : null;

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9.@_-]{0,39}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Word { get; }
}
