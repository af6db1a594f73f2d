namespace Links;

/// <summary>A short name for a long address.</summary>
/// <param name="Name">What follows the slash.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="KeyHash">Of the key that removes it; whoever made it was told it once.</param>
/// <param name="Listed">Whether the front page shows it.</param>
internal sealed record Link(string Name, Uri Target, string KeyHash, bool Listed)
{
    private const int LongestAddress = 2000;

    /// <summary>The address, if it is one that a browser may be sent to.</summary>
    public static Uri? TargetOf(string? text) =>
        text is { Length: > 0 and <= LongestAddress }
        && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var target)
        && target.Scheme is "http" or "https"
            ? target
            : null;

    /// <summary>Whether it may be the name of a link, and is no address of ours.</summary>
    public static bool IsName(string? text) =>
        text is { Length: >= 2 and <= 40 }
        && text.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-')
        && text is not ("api" or "health");
}
