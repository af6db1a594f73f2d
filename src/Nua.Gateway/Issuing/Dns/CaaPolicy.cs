namespace Nua.Gateway.Issuing.Dns;

/// <summary>Who may give certificates for names at a place of the DNS (RFC 8659).</summary>
/// <param name="Place">Where it is said.</param>
/// <param name="Properties">What is said; nothing: everybody may.</param>
internal sealed record CaaPolicy(string Place, IReadOnlyList<CaaProperty> Properties)
{
    private const string Issue = "issue";
    private const string IssueWildcard = "issuewild";

    // Whom to tell of mistakes (RFC 8659), and what concerns other things than servers (RFC 8657 and 9495, and a form of mark).
    private static readonly string[] Harmless = ["iodef", "contactemail", "contactphone", "issuemail", "issuevmc"];

    public static CaaPolicy None { get; } = new("", []);

    /// <summary>Whether one of the identities that an authority goes by may give a certificate.</summary>
    public bool Permits(IReadOnlyList<string> identities, bool isWildcard)
    {
        if (Properties.Any(property => property.IsCritical && !IsKnown(property)))
        {
            return false;
        }

        var wild = Of(IssueWildcard);
        var relevant = isWildcard && wild.Count > 0 ? wild : Of(Issue);
        return relevant.Count == 0 || relevant.Any(issuer => identities.Contains(issuer, StringComparer.OrdinalIgnoreCase));
    }

    private IReadOnlyList<string> Of(string tag) =>
        [.. Properties.Where(property => Is(property, tag)).Select(property => property.Value.Split(';')[0].Trim())];

    private static bool IsKnown(CaaProperty property) =>
        Is(property, Issue) || Is(property, IssueWildcard) || Harmless.Contains(property.Tag, StringComparer.OrdinalIgnoreCase);

    private static bool Is(CaaProperty property, string tag) => property.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One CAA record.</summary>
internal sealed record CaaProperty(byte Flags, string Tag, string Value)
{
    private const byte Critical = 128;

    /// <summary>Whether who does not know the tag may not give anything.</summary>
    public bool IsCritical => (Flags & Critical) != 0;
}
