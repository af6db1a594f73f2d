using System.Globalization;
using System.Text.RegularExpressions;

namespace Nua.Core.Versions;

/// <summary>
/// Which versions are wanted, as npm's packages say it: <c>^18 || &gt;=20.1 &lt;22</c>, <c>20.x</c>, <c>18 - 20</c>. Tags of
/// pre-releases do not count. Empty wants any.
/// </summary>
public sealed partial record NpmRange
{
    private readonly string _text;
    private readonly IReadOnlyList<IReadOnlyList<Span>> _alternatives;

    private NpmRange(string text, IReadOnlyList<IReadOnlyList<Span>> alternatives) => (_text, _alternatives) = (text, alternatives);

    /// <summary>The range, or <see langword="null"/> when the text is none.</summary>
    public static NpmRange? TryParse(string text)
    {
        var alternatives = new List<IReadOnlyList<Span>>();
        foreach (var alternative in text.Split("||"))
        {
            var spans = WordsOf(alternative).Select(SpanOf).ToList();
            if (spans.Contains(null))
            {
                return null;
            }

            alternatives.Add([.. spans.OfType<Span>()]);
        }

        return new NpmRange(text, alternatives);
    }

    /// <summary>Whether the version, such as <c>22.23.3</c>, is wanted.</summary>
    public bool Contains(string version) =>
        Comparison.Match(version) is { Success: true } match
        && Partial.Of(match) is { Numbers.Count: 3 } whole
        && _alternatives.Any(spans => spans.All(span => span.Holds(whole.Floor)));

    public override string ToString() => _text;

    /// <summary>One comparison each: <c>&gt;= 18</c> is one, <c>18 - 20</c> are two.</summary>
    private static string[] WordsOf(string alternative)
    {
        var compared = Hyphen.Replace(alternative, ">=${from} <=${to}");
        return Operator.Replace(compared, "${sign}").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    private static Span? SpanOf(string word)
    {
        if (Comparison.Match(word) is not { Success: true } match || Partial.Of(match) is not { } version)
        {
            return null;
        }

        return match.Groups["operator"].Value switch
        {
            "^" => new Span(version.Floor, version.NextAt(version.FirstThatCounts)),
            "~" or "~>" => new Span(version.Floor, version.NextAt(Math.Min(1, version.Numbers.Count - 1))),
            ">=" => new Span(version.Floor, Below: null),
            ">" => new Span(version.Next ?? Never, Below: null),
            "<" => new Span(Zero, version.Floor),
            "<=" => new Span(Zero, version.Next),
            _ => new Span(version.Floor, version.Next),
        };
    }

    private static readonly string[] Parts = ["major", "minor", "patch"];

    private static readonly Version Zero = new(0, 0, 0);

    private static readonly Version Never = new(int.MaxValue, 0, 0);

    /// <summary>From a version up to another, which it does not hold; <see langword="null"/>: without end.</summary>
    private sealed record Span(Version From, Version? Below)
    {
        public bool Holds(Version version) => version >= From && (Below is null || version < Below);
    }

    /// <summary>As many numbers of a version as are written: <c>20.x</c> has one, <c>*</c> none.</summary>
    private sealed record Partial(IReadOnlyList<int> Numbers)
    {
        public Version Floor => At(Numbers);

        /// <summary>The first version after all that are meant; <see langword="null"/>: all are.</summary>
        public Version? Next => NextAt(Numbers.Count - 1);

        /// <summary>Where <c>^</c> allows no change: the first number that is not 0.</summary>
        public int FirstThatCounts =>
            Enumerable.Range(0, Numbers.Count).FirstOrDefault(index => Numbers[index] != 0, Numbers.Count - 1);

        public static Partial? Of(Match match)
        {
            var numbers = new List<int>();
            foreach (var text in Parts.Select(part => match.Groups[part].Value).TakeWhile(IsNumber))
            {
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == int.MaxValue)
                {
                    return null;
                }

                numbers.Add(number);
            }

            return new Partial(numbers);
        }

        public Version? NextAt(int index) => index < 0 ? null : At([.. Numbers.Take(index), Numbers[index] + 1]);

        private static bool IsNumber(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]);

        private static Version At(IReadOnlyList<int> numbers) =>
            new(numbers.ElementAtOrDefault(0), numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2));
    }

    [GeneratedRegex(@"(?<from>\S+)\s+-\s+(?<to>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hyphen { get; }

    [GeneratedRegex(@"(?<sign>[<>=~^])\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Operator { get; }

    [GeneratedRegex(
        @"^(?<operator>>=|<=|>|<|=|\^|~>|~)?v?(?<major>[0-9]+|[xX*])(?:\.(?<minor>[0-9]+|[xX*])(?:\.(?<patch>[0-9]+|[xX*])(?:[-+][0-9A-Za-z.+-]+)?)?)?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison { get; }
}
