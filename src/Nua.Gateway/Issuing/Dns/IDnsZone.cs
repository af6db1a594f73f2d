namespace Nua.Gateway.Issuing.Dns;

/// <summary>Where records of the operator's names are published: a name server, or whatever a program of theirs speaks with.</summary>
/// <remarks>
/// Publishing what is there already and withdrawing what is gone both succeed; other values of the same name are left alone. It is done
/// when the zone has taken it, which may be before the world sees it. Fails with an <see cref="UnprovenException"/>.
/// </remarks>
internal interface IDnsZone
{
    Task PublishAsync(TextRecord record, CancellationToken cancellation);

    Task WithdrawAsync(TextRecord record, CancellationToken cancellation);
}

/// <summary>A TXT record.</summary>
/// <param name="Name">The whole name, without a dot at the end.</param>
/// <param name="Value">Letters, digits, hyphens and underscores.</param>
internal sealed record TextRecord(string Name, string Value);
