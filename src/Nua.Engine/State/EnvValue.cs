namespace Nua.Engine.State;

/// <summary>
/// The value of a variable before its kept values are filled in: pieces of text and references, in order.
/// So a deployment can be recorded whole without holding a password.
/// </summary>
public sealed record EnvValue(IReadOnlyList<EnvPart> Parts)
{
    public static EnvValue Of(string text) => new([new EnvPart(text, Kept: null)]);

    public static EnvValue Of(KeptReference kept) => new([new EnvPart(Text: null, kept)]);

    /// <summary>Whether a secret is in it, so that it must never be seen.</summary>
    public bool IsSecret => Parts.Any(part => part.Kept is { IsSecret: true });

    /// <summary>The text, with every reference replaced by what <paramref name="lookUp"/> knows.</summary>
    public string Fill(Func<KeptReference, string> lookUp) =>
        string.Concat(Parts.Select(part => part.Kept is { } kept ? lookUp(kept) : part.Text));
}

/// <summary>A piece of a value: text, or a reference to a kept value.</summary>
public sealed record EnvPart(string? Text, KeptReference? Kept);

/// <summary>Names a value that is made once and kept with the instance.</summary>
/// <param name="Owner"><c>app</c>, or a provider's name.</param>
/// <param name="Name">The variable it was made for; with the operation, <c>NAME@id</c>, when the next deployment makes its own.</param>
/// <param name="Kind">How it is made.</param>
/// <param name="Length">Of a random text, in characters.</param>
public sealed record KeptReference(string Owner, string Name, KeptKind Kind, int Length = 0)
{
    /// <summary>Names of databases and users may be seen; what is random may not.</summary>
    public bool IsSecret => Kind is KeptKind.RandomText or KeptKind.RandomInteger;
}

public enum KeptKind
{
    RandomText,
    RandomInteger,
    UniqueDatabase,
    UniqueUser,
}
