using System.Globalization;

namespace Nua.Core.Versions;

/// <summary>
/// Which versions are wanted, such as <c>&gt;=14, &lt;16</c>: the specifiers of PEP 440 that compare release numbers
/// (<c>== != &gt;= &lt;= &gt; &lt; ~=</c>, and <c>==14.*</c>). Empty wants any.
/// </summary>
public sealed record VersionRange
{
    private readonly string _text;
    private readonly IReadOnlyList<(string Operator, int[] Version)> _clauses;

    private VersionRange(string text, IReadOnlyList<(string, int[])> clauses) => (_text, _clauses) = (text, clauses);

    /// <summary>The range, or <see langword="null"/> when the text is none.</summary>
    public static VersionRange? TryParse(string text)
    {
        var clauses = new List<(string, int[])>();
        foreach (var clause in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var comparison = Operators.FirstOrDefault(known => clause.StartsWith(known, StringComparison.Ordinal)) ?? "";
            if (ReleaseOf(clause[comparison.Length..].Trim()) is not { } version)
            {
                return null;
            }

            clauses.Add((comparison.Length == 0 ? "==" : comparison, version));
        }

        return new VersionRange(text, clauses);
    }

    /// <summary>Whether the version, such as <c>15</c> or <c>10.11</c>, is wanted.</summary>
    public bool Contains(string version) =>
        ReleaseOf(version) is { } release && _clauses.All(clause => Holds(clause.Operator, release, clause.Version));

    /// <summary>Orders versions by their numbers: 9 before 10.</summary>
    public static int Compare(string left, string right) => Compare(ReleaseOf(left) ?? [], ReleaseOf(right) ?? []);

    public override string ToString() => _text;

    private static readonly string[] Operators = ["==", "!=", ">=", "<=", "~=", ">", "<"];

    // A bound that is shorter speaks of the whole series: ==14 and <=14 take in 14.6.
    private static bool Holds(string comparison, int[] version, int[] bound) => comparison switch
    {
        "==" => Compare(Series(version, bound), bound) == 0,
        "!=" => Compare(Series(version, bound), bound) != 0,
        ">=" => Compare(version, bound) >= 0,
        "<=" => Compare(Series(version, bound), bound) <= 0,
        ">" => Compare(Series(version, bound), bound) > 0,
        "<" => Compare(version, bound) < 0,
        _ => Compare(version, bound) >= 0 && Compare(Series(version, bound[..^1]), bound[..^1]) == 0,
    };

    private static int[] Series(int[] version, int[] bound) => version[..Math.Min(version.Length, bound.Length)];

    private static int Compare(int[] left, int[] right)
    {
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = left.ElementAtOrDefault(i).CompareTo(right.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int[]? ReleaseOf(string text)
    {
        var release = new List<int>();
        foreach (var part in text.Replace(".*", "", StringComparison.Ordinal).Split('.'))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            release.Add(number);
        }

        return [.. release];
    }
}
