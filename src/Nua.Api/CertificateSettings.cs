namespace Nua.Api;

/// <summary>Whom the gateway asks for certificates of public names: what the server tells it, and it keeps.</summary>
/// <param name="Authorities">The first is asked first; the next when it does not give one. None: names keep their stand-ins.</param>
public sealed record CertificateSettings(IReadOnlyList<AuthorityEntry> Authorities)
{
    public static CertificateSettings None { get; } = new([]);

    /// <summary>Names such as <c>*.example.org</c> that one certificate is asked for, instead of one for each host below.</summary>
    public IReadOnlyList<string> Wildcards { get; init => field = value ?? []; } = [];

    /// <summary>The ways to show that a name leads here, the preferred one first; none: in the usual order.</summary>
    public IReadOnlyList<string> Challenges { get; init => field = value ?? []; } = [];

    /// <summary>How records are published; <see langword="null"/>: they cannot be.</summary>
    public DnsEntry? Dns { get; init; }

    /// <summary>The DNS servers that are asked what the world sees, as <c>ADDRESS:PORT</c>; none: those of the machine.</summary>
    public IReadOnlyList<string> Resolvers { get; init => field = value ?? []; } = [];

    /// <summary>What is looked at before an authority is asked; <see langword="null"/>: nothing.</summary>
    public PreflightEntry? Preflight { get; init; }
}

/// <summary>Looks whether an authority would find what it looks for.</summary>
/// <param name="HttpPort">Where authorities ask over plain HTTP: 80, except in tests.</param>
public sealed record PreflightEntry(int HttpPort = 80);

/// <summary>How records are published in the DNS: one of both ways.</summary>
/// <param name="Update">By dynamic update.</param>
/// <param name="Program">By a program of the operator's.</param>
/// <param name="SeenWithinSeconds">How long it may take until the DNS servers show what was published.</param>
public sealed record DnsEntry(DnsUpdateEntry? Update, DnsProgramEntry? Program, int SeenWithinSeconds = 120);

/// <summary>Dynamic update (RFC 2136), signed with a key that both sides know (RFC 8945).</summary>
/// <param name="Server">The primary server of the zone: its name or address, with <c>:PORT</c> if it is not 53.</param>
/// <param name="Key">The key, in the form of BIND's configuration. It is a secret.</param>
public sealed record DnsUpdateEntry(string Server, string Key)
{
    /// <summary>The zone; <see langword="null"/>: the server knows.</summary>
    public string? Zone { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => Server;
}

/// <summary>A program that is called with <c>publish NAME VALUE</c> or <c>withdraw NAME VALUE</c> after its own arguments.</summary>
/// <param name="Command">The program and its own arguments.</param>
/// <param name="Environment">What else stands in its environment. The values are secrets.</param>
public sealed record DnsProgramEntry(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Without the environment.</summary>
    public override string ToString() => string.Join(' ', Command);
}

/// <summary>A certificate authority that speaks ACME (RFC 8555).</summary>
/// <param name="Name">What the operator calls it: a DNS label.</param>
/// <param name="Directory">Its directory: <c>https://acme.example.org/directory</c>.</param>
public sealed record AuthorityEntry(string Name, Uri Directory)
{
    /// <summary>A mail address that it may write to; <see langword="null"/>: it need not know any.</summary>
    public string? Contact { get; init; }

    /// <summary>The certificates that vouch for its own door, PEM; <see langword="null"/>: those that the machine trusts.</summary>
    public string? Trust { get; init; }

    /// <summary>The account with it that vouches for ours; <see langword="null"/>: it serves everybody.</summary>
    public ExternalAccountEntry? ExternalAccount { get; init; }
}

/// <summary>External account binding (RFC 8555, section 7.3.4).</summary>
/// <param name="Id">The key's identifier.</param>
/// <param name="Key">The key, as base64url. It is a secret.</param>
public sealed record ExternalAccountEntry(string Id, string Key)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Id;
}
