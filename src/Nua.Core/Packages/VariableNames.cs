namespace Nua.Core.Packages;

/// <summary>What can name an environment variable: in a nua-config, in a sites file, on a command line.</summary>
public static class VariableNames
{
    /// <summary>Whether programs on Linux can be given a variable of that name (POSIX.1-2017, section 8.1: no <c>=</c>, no NUL).</summary>
    public static bool IsValid(string name) =>
        name.Length > 0 && !name.Any(sign => sign is '=' || char.IsControl(sign) || char.IsWhiteSpace(sign));
}
