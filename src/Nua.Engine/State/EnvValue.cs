using System.Text.Json.Serialization;

namespace Nua.Engine.State;

/// <summary>
/// The value of a variable before its kept values are filled in: pieces of text and references, in order.
/// So a deployment can be recorded whole without holding a password.
/// </summary>
public sealed record EnvValue(IReadOnlyList<EnvPart> Parts)
{
    /// <summary>A value that is text alone.</summary>
    public static EnvValue Of(string text) => new([new EnvPart(text, Kept: null)]);

    /// <summary>A value that is a kept one alone.</summary>
    public static EnvValue Of(KeptReference kept) => new([new EnvPart(Text: null, kept)]);

    /// <summary>The kept value that it is, when it is nothing but that.</summary>
    [JsonIgnore]
    public KeptReference? Kept => Parts is [{ Kept: { } kept }] ? kept : null;

    /// <summary>Whether a secret is in it, so that it must never be seen.</summary>
    public bool IsSecret => Parts.Any(part => part.Kept is { IsSecret: true });

    /// <summary>The text, with every reference replaced by what <paramref name="lookUp"/> knows.</summary>
    public string Fill(Func<KeptReference, string> lookUp) =>
        string.Concat(Parts.Select(part => part.Kept is { } kept ? lookUp(kept) : part.Text));

    public bool Equals(EnvValue? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(0, HashCode.Combine);
}

/// <summary>A piece of a value: text, or a reference to a kept value.</summary>
public sealed record EnvPart(string? Text, KeptReference? Kept);

/// <summary>Names a value that is made once and kept with the instance.</summary>
/// <param name="Owner"><c>app</c>, or a provider's name.</param>
/// <param name="Name">The variable it was made for; <c>NAME@id</c> when others of the name come after it.</param>
/// <param name="Kind">How it is made.</param>
/// <param name="Length">Of a random text, in characters.</param>
public sealed record KeptReference(string Owner, string Name, KeptKind Kind, int Length = 0)
{
    /// <summary>Where the vault keeps it.</summary>
    [JsonIgnore]
    public KeptKey Key => new(Owner, Name);

    /// <summary>Names of databases and users may be seen; what is random may not.</summary>
    public bool IsSecret => Kind is KeptKind.RandomText or KeptKind.RandomInteger or KeptKind.Given;
}

/// <summary>How a kept value is made.</summary>
public enum KeptKind
{
    /// <summary>Letters and digits by chance: a secret.</summary>
    RandomText,

    /// <summary>A number by chance: a secret.</summary>
    RandomInteger,

    /// <summary>The name of a database that nobody else on the server has.</summary>
    UniqueDatabase,

    /// <summary>The name of a user that nobody else on the server has.</summary>
    UniqueUser,

    /// <summary>Not made, but given by the operator: a secret.</summary>
    Given,
}
