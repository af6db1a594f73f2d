namespace Nua.Engine.Build.Builders;

/// <summary>
/// The version of a compiler that a project needs. Which one a distribution has is seen in its image only, so the build asks
/// there, before anything else.
/// </summary>
/// <param name="Builder">Whose compiler it is.</param>
/// <param name="Version">What is needed, such as <c>1.21</c>.</param>
/// <param name="Because">Who says so.</param>
/// <param name="Exactly">A newer one does not do.</param>
internal sealed record WantedVersion(string Builder, string Version, string Because, bool Exactly = false)
{
    /// <summary>The shell line that fails, and says why in the words that <see cref="BuildFailure"/> knows.</summary>
    /// <param name="ask">The command that prints the compiler's version.</param>
    public string Check(string ask)
    {
        var fits = Exactly
            ? $"[[ $have. == {Version}.* ]]"
            : $"printf '%s\\n' {Version} $have | sort -VC";
        return $"have=$({ask} | sed -E 's/^[^0-9]*([0-9.]+).*/\\1/'); {fits}"
            + $" || {{ echo \"nua: {Builder} {Version} is wanted, $have is there\" >&2; exit 1; }}";
    }

    public Decision Explain() => new("compiler", Exactly ? Version : $"{Version} or newer", Because);
}
