namespace Nua.Core.Packages.Reading;

/// <summary>Knows that <c>src_url</c> is <c>src-url</c>, and guesses which word was meant.</summary>
internal static class Spelling
{
    private const int LongestWorthGuessing = 40;

    /// <summary>The one spelling of a key: lower case, with dashes.</summary>
    public static string Fold(string key) => key.ToLowerInvariant().Replace('_', '-');

    /// <returns><see langword="null"/>: nothing known is near enough.</returns>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        if (typed.Length > LongestWorthGuessing)
        {
            return null;
        }

        // One edit in a short word makes another word; in a long one two still are a slip of the finger.
        var most = typed.Length <= 3 ? 1 : 2;
        return known
            .Select(word => (Word: word, Edits: Edits(typed, word)))
            .Where(guess => guess.Edits <= most)
            .OrderBy(guess => guess.Edits)
            .Select(guess => guess.Word)
            .FirstOrDefault();
    }

    /// <summary>The Levenshtein distance, one row at a time.</summary>
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= to.Length; j++)
            {
                var substituted = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
