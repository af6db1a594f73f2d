using System.Text;
using System.Text.RegularExpressions;

namespace Nua.Engine.Build.Sources;

/// <summary>
/// Which files stay out of an image: Nua's own rules, then those of <c>.dockerignore</c>, whose patterns mean what they
/// mean to Docker. The last pattern that matches a path, or a folder above it, decides; <c>!</c> takes back in.
/// </summary>
internal sealed class IgnoreRules
{
    public const string File = ".dockerignore";

    /// <summary>
    /// What never belongs into an image, unless a package takes it back in: hidden files of the root (<c>.git</c>,
    /// <c>.env</c>), what tools make again, and the nua-config, which travels in its normalised form.
    /// </summary>
    private const string Always =
        """
        .*
        nua/.*
        **/__pycache__
        **/*.pyc
        node_modules
        nua-config.*
        nua/nua-config.*
        nua/metadata/nua-config.*
        """;

    /// <summary>What decides the build is looked at whoever leaves it out of the image, as Docker does.</summary>
    private const string Never =
        """
        !Dockerfile
        !nua/Dockerfile
        """;

    private readonly IReadOnlyList<Rule> _rules;

    private IgnoreRules(IReadOnlyList<Rule> rules) => _rules = rules;

    /// <summary>The rules of a package with that <c>.dockerignore</c>, empty when it has none.</summary>
    public static IgnoreRules Parse(string dockerignore) => new(
        [.. $"{Always}\n{dockerignore}\n{Never}".Split('\n').Select(Rule.Parse).OfType<Rule>()]);

    /// <param name="path">Relative to the source folder, with <c>/</c>.</param>
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
