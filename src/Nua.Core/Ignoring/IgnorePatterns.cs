using System.Text;
using System.Text.RegularExpressions;

namespace Nua.Core.Ignoring;

/// <summary>
/// Patterns that say which files of a folder stay out, as in <c>.dockerignore</c> and meaning what they mean to Docker. The last
/// pattern that matches a path, or a folder above it, decides; <c>!</c> takes back in.
/// </summary>
public sealed class IgnorePatterns
{
    /// <summary>The file that a folder keeps its own patterns in.</summary>
    public const string File = ".dockerignore";

    private readonly IReadOnlyList<Rule> _rules;

    private IgnorePatterns(IReadOnlyList<Rule> rules) => _rules = rules;

    /// <summary>The patterns of the texts, one after the other; a line that starts with <c>#</c> is a remark.</summary>
    public static IgnorePatterns Parse(params IEnumerable<string> texts) =>
        new([.. texts.SelectMany(text => text.Split('\n')).Select(Rule.Parse).OfType<Rule>()]);

    /// <param name="path">Relative to the folder, with <c>/</c>.</param>
    public bool Exclude(string path)
    {
        var excluded = false;
        foreach (var rule in _rules)
        {
            if (rule.TakesBackIn == excluded && rule.Matches(path))
            {
                excluded = !rule.TakesBackIn;
            }
        }

        return excluded;
    }

    /// <summary>Whether something below an excluded folder may have been taken back in.</summary>
    public bool MayTakeBackBelow(string folder) =>
        _rules.Any(rule => rule.TakesBackIn && rule.MayMatchBelow(folder));

    /// <param name="TakesBackIn">It began with <c>!</c>.</param>
    /// <param name="LiteralStart">What every path it matches begins with.</param>
    /// <param name="Pattern">Matches a path, or a folder and all below it.</param>
    private sealed record Rule(bool TakesBackIn, string LiteralStart, Regex Pattern)
    {
        public static Rule? Parse(string line)
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                return null;
            }

            var takesBackIn = text[0] == '!';
            var glob = Clean(takesBackIn ? text[1..].Trim() : text);
            return glob.Length == 0
                ? null
                : new Rule(takesBackIn, glob[..LengthOfLiteral(glob)], new Regex(ToRegex(glob), RegexOptions.NonBacktracking));
        }

        public bool Matches(string path) => Pattern.IsMatch(path);

        public bool MayMatchBelow(string folder) =>
            LiteralStart.StartsWith(folder + "/", StringComparison.Ordinal)
            || (folder + "/").StartsWith(LiteralStart, StringComparison.Ordinal);

        private static string Clean(string glob) =>
            string.Join('/', glob.Split('/').Where(part => part is not ("" or ".")));

        private static int LengthOfLiteral(string glob)
        {
            var special = glob.AsSpan().IndexOfAny('*', '?', '[');
            return special < 0 ? glob.Length : special;
        }

        private static string ToRegex(string glob)
        {
            var regex = new StringBuilder("^");
            for (var at = 0; at < glob.Length; at++)
            {
                at += Translate(glob, at, regex);
            }

            return regex.Append("(/.*)?$").ToString();
        }

        /// <summary>Answers how many characters beyond the first it has used.</summary>
        private static int Translate(string glob, int at, StringBuilder regex)
        {
            var rest = glob.AsSpan(at);
            if (rest.StartsWith("**/"))
            {
                regex.Append("(.*/)?");
                return 2;
            }

            if (rest.StartsWith("**"))
            {
                regex.Append(".*");
                return 1;
            }

            if (rest[0] == '[' && rest.IndexOf(']') is > 1 and var end)
            {
                regex.Append('[').Append(rest[1..end].ToString().Replace("\\", "\\\\", StringComparison.Ordinal)).Append(']');
                return end;
            }

            if (rest[0] == '\\' && rest.Length > 1)
            {
                regex.Append(Regex.Escape(rest[1].ToString()));
                return 1;
            }

            regex.Append(rest[0] switch
            {
                '*' => "[^/]*",
                '?' => "[^/]",
                var letter => Regex.Escape(letter.ToString()),
            });
            return 0;
        }
    }
}
