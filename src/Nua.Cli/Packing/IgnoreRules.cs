using System.Text;
using System.Text.RegularExpressions;

namespace Nua.Cli.Packing;

/// <summary>
/// Which files of a folder stay at home: the rules of <c>.dockerignore</c>, after a few that always hold. A later rule wins over
/// an earlier one; <c>!</c> takes files back in; what lies under a folder shares its fate.
/// </summary>
internal sealed class IgnoreRules
{
    /// <summary>Never part of a package: histories, what a package manager fetches again, what an interpreter leaves.</summary>
    private static readonly string[] Always = ["**/.git", "**/node_modules", "**/__pycache__", "**/.nua"];

    private readonly List<(Regex Pattern, bool TakesBack)> _rules;

    public IgnoreRules(IEnumerable<string> lines)
    {
        var written = lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
        _rules = [.. Always.Concat(written).Select(Parse)];
    }

    /// <summary>Whether a folder that is left out must be looked into all the same.</summary>
    public bool TakesBack => _rules.Exists(rule => rule.TakesBack);

    /// <param name="path">Relative to the folder, with <c>/</c> between its parts.</param>
    public bool Ignores(string path)
    {
        var ignored = false;
        foreach (var (pattern, takesBack) in _rules)
        {
            if (ignored == takesBack && WithParents(path).Any(part => pattern.IsMatch(part)))
            {
                ignored = !takesBack;
            }
        }

        return ignored;
    }

    private static IEnumerable<string> WithParents(string path)
    {
        yield return path;
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }

    private static (Regex Pattern, bool TakesBack) Parse(string rule)
    {
        var takesBack = rule.StartsWith('!');
        var pattern = rule.TrimStart('!').Trim().Trim('/');
        pattern = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern;
        return (new Regex(ToRegex(pattern), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)), takesBack);
    }

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        var rest = pattern.AsSpan();
        while (rest.Length > 0)
        {
            var (translated, length) = Translate(rest);
            regex.Append(translated);
            rest = rest[length..];
        }

        return regex.Append(@"\z").ToString();
    }

    /// <summary>What the pattern begins with, as a regular expression, and how many characters of it that takes.</summary>
    private static (string Regex, int Length) Translate(ReadOnlySpan<char> pattern) => pattern switch
    {
        ['*', '*', '/', ..] => ("(.*/)?", 3),
        ['*', '*', ..] => (".*", 2),
        ['*', ..] => ("[^/]*", 1),
        ['?', ..] => ("[^/]", 1),
        ['\\', var escaped, ..] => (Regex.Escape(escaped.ToString()), 2),
        ['[', ..] when pattern.IndexOf(']') is > 1 and var end => (OneOf(pattern[1..end]), end + 1),
        _ => (Regex.Escape(pattern[..1].ToString()), 1),
    };

    private static string OneOf(ReadOnlySpan<char> choices)
    {
        var not = choices[0] == '^' ? "^" : "";
        var plain = choices[not.Length..].ToString();
        return $"[{not}{plain.Replace(@"\", @"\\").Replace("[", @"\[").Replace("^", @"\^")}]";
    }
}
