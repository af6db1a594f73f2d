namespace Nua.Agent.Sbom;

/// <summary>Under what terms a component may be used, as its maker wrote it.</summary>
/// <param name="Text">An SPDX expression, or a name.</param>
/// <param name="IsExpression">Which of the two.</param>
internal sealed record Licence(string Text, bool IsExpression)
{
    /// <summary>Nobody's name of a licence is longer; what is has the whole licence where its name should be.</summary>
    private const int LongestName = 100;

    /// <summary>What a field says that holds an SPDX expression by its definition; what is none is taken for a name.</summary>
    public static Licence? Expression(string? text) =>
        Named(text) is { } named ? named with { IsExpression = IsSpdx(named.Text) } : null;

    /// <summary>What a field says that holds whatever people write.</summary>
    public static Licence? Named(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestName } name && !name.Contains('\n') && !name.Equals("UNKNOWN", StringComparison.OrdinalIgnoreCase)
            ? new Licence(name, IsExpression: false)
            : null;

    /// <summary>Any of several.</summary>
    public static Licence? AnyOf(IEnumerable<string?> expressions)
    {
        var all = expressions.Where(one => !string.IsNullOrWhiteSpace(one)).Select(one => one!.Trim()).ToList();
        return Expression(all.Count == 1 ? all[0] : string.Join(" OR ", all.Select(one => one.Contains(' ') ? $"({one})" : one)));
    }

    // Identifiers with a word between each two, and brackets.
    private static bool IsSpdx(string text)
    {
        var words = text.Replace('(', ' ').Replace(')', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length % 2 == 1
            && words.Index().All(word => word.Index % 2 == 0 ? IsIdentifier(word.Item) : word.Item is "AND" or "OR" or "WITH")
            && text != "UNLICENSED";
    }

    private static bool IsIdentifier(string word) => word.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.' or '+' or ':');
}
