using Nua.Api;

namespace Nua.Cli.Contexts;

/// <summary>A server elsewhere, and what opens its door.</summary>
/// <param name="Url">Its remote door.</param>
/// <param name="Token">A secret: never shown.</param>
/// <param name="Fingerprint">The certificate it is known by; <see langword="null"/>: an authority vouches for it.</param>
/// <param name="Authority">The PEM file of that authority; <see langword="null"/>: one that this machine trusts.</param>
internal sealed record ServerContext(Uri Url, string Token, string? Fingerprint = null, string? Authority = null)
{
    /// <exception cref="ApiException"><c>server.authority-unusable</c></exception>
    public RemoteServer Place() => new(Url, Trust(), Token);

    public override string ToString() => Url.ToString();

    private CertificateTrust Trust() => this switch
    {
        { Fingerprint: { } fingerprint } => CertificateTrust.Of(fingerprint),
        { Authority: { } file } => CertificateTrust.OfAuthority(file),
        _ => CertificateTrust.OfThisMachine,
    };
}

/// <summary>All that a user logged in to.</summary>
/// <param name="Contexts">By name.</param>
/// <param name="Current">The one that is used when none is named; <see langword="null"/>: this machine's server.</param>
internal sealed record ContextBook(IReadOnlyDictionary<string, ServerContext> Contexts, string? Current = null)
{
    public static ContextBook Empty { get; } = new(new Dictionary<string, ServerContext>());

    public ContextBook With(string name, ServerContext context) =>
        new(new Dictionary<string, ServerContext>(Contexts) { [name] = context }, Current: name);

    public ContextBook Without(string name)
    {
        var others = Contexts.Where(one => one.Key != name).ToDictionary();
        return new ContextBook(others, Current == name ? null : Current);
    }
}
