namespace Nua.Core.Packages.Reading;

/// <summary>Keeps a sentence a sentence, whatever a file made part of it.</summary>
internal static class Excerpt
{
    private const int Longest = 400;

    public static string Of(string sentence)
    {
        if (sentence.Length <= Longest)
        {
            return sentence;
        }

        var end = char.IsHighSurrogate(sentence[Longest - 2]) ? Longest - 2 : Longest - 1;
        return $"{sentence[..end]}…";
    }
}
