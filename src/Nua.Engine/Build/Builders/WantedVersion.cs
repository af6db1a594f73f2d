using System.Text.RegularExpressions;
using Nua.Core.Problems;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// The version of a language that a project needs. Which one a distribution has is seen in its image only, so the build asks
/// there, before anything else.
/// </summary>
/// <param name="Builder">Whose language it is.</param>
/// <param name="Version">What is needed, such as <c>1.21</c>.</param>
/// <param name="Because">Who says so.</param>
/// <param name="Exactly">A newer one does not do.</param>
internal sealed record WantedVersion(string Builder, string Version, string Because, bool Exactly = false)
{
    /// <summary>The very version that <c>[build] builder</c> asks for, of what the distribution has one of.</summary>
    /// <param name="input">What is built.</param>
    /// <param name="builder">Whose version.</param>
    /// <param name="form">How versions are written that some distribution has.</param>
    /// <param name="offered">Which these are, for a reader.</param>
    /// <returns><see langword="null"/>: it asks for none.</returns>
    /// <exception cref="NuaException"><c>build.version-unavailable</c>: no distribution has it.</exception>
    public static WantedVersion? AskedFor(BuildInput input, string builder, Regex form, string offered)
    {
        RefuseUnless(form, input.Version, builder, offered);
        return input.Version is { } version ? new WantedVersion(builder, version, "[build] builder says so", Exactly: true) : null;
    }

    /// <summary>Refuses what is not written as versions that can be had are.</summary>
    /// <exception cref="NuaException"><c>build.version-unavailable</c>.</exception>
    public static void RefuseUnless(Regex form, string? version, string builder, string offered)
    {
        if (version is not null && !form.IsMatch(version))
        {
            throw new NuaException(BuildProblems.VersionUnavailable(builder, version, offered));
        }
    }

    public static IEnumerable<Decision> Explain(WantedVersion? wanted) =>
        wanted is null ? [] : [new Decision("version", wanted.Exactly ? wanted.Version : $"{wanted.Version} or newer", wanted.Because)];

    /// <summary>The shell line that fails, and says why in the words that <see cref="BuildFailure"/> knows.</summary>
    /// <param name="ask">The command that prints which one is there, in its first line.</param>
    public string Check(string ask)
    {
        var fits = Exactly
            ? $"[[ $have. == {Version}.* ]]"
            : $"printf '%s\\n' {Version} $have | sort -VC";
        return $"have=$({ask} | sed -nE '1s/^[^0-9]*([0-9.]+).*/\\1/p'); {fits}"
            + $" || {{ echo \"nua: {Builder} {Version} is wanted, $have is there\" >&2; exit 1; }}";
    }
}
