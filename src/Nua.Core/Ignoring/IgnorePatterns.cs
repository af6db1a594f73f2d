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
    /// <param name="Pattern">Matches a path, or a folder and all below it.</param>
    private sealed record Rule(bool TakesBackIn, Glob Pattern)
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
            return glob.Length == 0 ? null : new Rule(takesBackIn, Glob.Parse(glob));
        }

        public bool Matches(string path) => Pattern.Matches(path);

        public bool MayMatchBelow(string folder) =>
            Pattern.LiteralStart.StartsWith(folder + "/", StringComparison.Ordinal)
            || (folder + "/").StartsWith(Pattern.LiteralStart, StringComparison.Ordinal);

        private static string Clean(string glob) =>
            string.Join('/', glob.Split('/').Where(part => part is not ("" or ".")));
    }
}
