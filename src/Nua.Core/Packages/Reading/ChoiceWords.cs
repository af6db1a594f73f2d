namespace Nua.Core.Packages.Reading;

/// <summary>The words of a choice, read in the other direction.</summary>
internal static class ChoiceWords
{
    public static string WordFor<T>(this IReadOnlyDictionary<string, T> words, T meaning) where T : struct =>
        words.First(word => word.Value.Equals(meaning)).Key;
}
