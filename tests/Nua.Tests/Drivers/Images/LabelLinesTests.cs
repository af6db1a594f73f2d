using System.Text.RegularExpressions;
using Nua.Drivers.Images.Docker;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed partial class LabelLinesTests
{
    [Fact]
    public void Labels_come_last_each_exactly_itself() => Assert.Equal(
        """
        FROM a
        CMD ["x"]
        LABEL app="shop"
        LABEL price="\"5\$\" \\ day"

        """,
        Add("FROM a\nCMD [\"x\"]\n", ("app", "shop"), ("price", "\"5$\" \\ day")));

    [Fact]
    public void A_Dockerfile_with_another_escape_sign_is_answered_in_it() => Assert.Equal(
        """
        # escape=`
        FROM a
        LABEL path="C:\x `"y`""

        """,
        Add("# escape=`\nFROM a\n", ("path", "C:\\x \"y\"")));

    [Fact]
    public void A_long_label_is_broken_into_lines_that_engines_read_and_that_are_no_remarks()
    {
        var value = string.Concat(Enumerable.Repeat("# \\word", 50_000));

        var lines = Add("FROM a", ("long", value)).TrimEnd('\n').Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 60_000));
        Assert.DoesNotContain(lines, line => line.StartsWith('#'));
        var joined = string.Concat(lines[1..].Select(line => Continues.Replace(line, "${last}")));
        Assert.All(lines[1..^1], line => Assert.Matches(Continues, line));
        Assert.Equal($"LABEL long=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal)}\"", joined);
    }

    [Fact]
    public void A_line_break_cannot_begin_an_instruction() =>
        Assert.Equal("FROM a\nLABEL x=\"one USER root\"\n", Add("FROM a", ("x", "one\nUSER root")));

    // BuildKit's own: after another backslash, one does not join.
    [GeneratedRegex(@"(?<last>[^\\])\\[ \t]*$|^\\[ \t]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Continues { get; }

    private static string Add(string dockerfile, params IReadOnlyList<(string Name, string Value)> labels) =>
        LabelLines.AddTo(dockerfile, labels.ToDictionary(label => label.Name, label => label.Value));
}
