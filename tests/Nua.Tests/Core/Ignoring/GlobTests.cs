using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Nua.Core.Ignoring;
using Xunit;

namespace Nua.Tests.Core.Ignoring;

public sealed class GlobTests
{
    private static readonly Gen<string> Pattern =
        Gen.OneOf("a", "b", "/", "/", "*", "**", "**/", "?", "[ab]", "[^a]", "[a-c]", "\\*", ".", "]", "[").Array[1, 8].Select(string.Concat);

    private static readonly Gen<string> Path = Gen.OneOf("a", "b", "c", "*", ".", "]", "[", "/").Array[1, 10]
        .Select(string.Concat).Where(path => path is not ['/', ..] and not [.., '/'] && !path.Contains("//", StringComparison.Ordinal));

    [Fact]
    public void It_matches_what_the_same_as_a_regular_expression_matches() =>
        Gen.Select(Pattern, Path).Sample(
            (pattern, path) => Assert.Equal(RegexOf(pattern).IsMatch(path), Glob.Parse(pattern).Matches(path)), iter: 20_000);

    [Fact]
    public void No_pattern_takes_long() =>
        Assert.False(Glob.Parse(string.Concat(Enumerable.Repeat("*a", 40)) + "b").Matches(new string('a', 4000)));

    [Fact]
    public void What_paths_begin_with_is_known() => Assert.Equal("docs/#", Glob.Parse("docs/\\#*/x").LiteralStart);

    // Slow to make, and it may be slow to match: what the pattern means, in words that others wrote.
    private static Regex RegexOf(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        var rest = pattern;
        while (rest.Length > 0)
        {
            var (text, length) = rest switch
            {
                _ when rest.StartsWith("**/", StringComparison.Ordinal) => ("(.*/)?", 3),
                _ when rest.StartsWith("**", StringComparison.Ordinal) => (".*", 2),
                ['*', ..] => ("[^/]*", 1),
                ['?', ..] => ("[^/]", 1),
                ['\\', var escaped, ..] => (Regex.Escape(escaped.ToString()), 2),
                ['[', ..] when rest.IndexOf(']', StringComparison.Ordinal) is > 1 and var end => ($"(?!/){ClassOf(rest[1..end])}", end + 1),
                _ => (Regex.Escape(rest[..1]), 1),
            };
            regex.Append(text);
            rest = rest[length..];
        }

        return new Regex(regex.Append(@"(/.*)?\z").ToString(), RegexOptions.None, TimeSpan.FromSeconds(5));
    }

    private static string ClassOf(string inner) => $"[{inner.Replace("[", "\\[", StringComparison.Ordinal)}]";
}
