using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nua.Gateway.Acme;

namespace Nua.Gateway.Issuing;

/// <summary>How a name stands at one moment: what is remembered of it, and the certificate that an authority gave it.</summary>
/// <param name="Record">What is remembered.</param>
/// <param name="Given">The certificate; <see langword="null"/>: there is none yet.</param>
internal sealed record NameStanding(NameRecord Record, X509Certificate2? Given)
{
    /// <summary>When its certificate should be renewed, or had at all, whatever went wrong before.</summary>
    public DateTimeOffset WantedAt => Given is null || IsCondemned(Given) ? DateTimeOffset.MinValue : Renewal.At(Given, Record.Advice, ShareOf(Given));

    /// <summary>When an authority is asked for one.</summary>
    public DateTimeOffset DueAt => WantedAt > Record.NextTry ? WantedAt : Record.NextTry;

    /// <summary>When its authority is asked for when to renew it; <see langword="null"/>: there is nothing to renew.</summary>
    public DateTimeOffset? AskAt => Given is null ? null : Record.AskAt;

    /// <summary>When authorities are told what to revoke; <see langword="null"/>: nothing, or nothing that visitors are not shown yet.</summary>
    public DateTimeOffset? RevokeAt => Record.Condemned.Count > 0 && Given is not null && !IsCondemned(Given) ? Record.RevokeAt : null;

    private bool IsCondemned(X509Certificate2 certificate) => Record.Condemned.Any(one => one.Serial == certificate.SerialNumber);

    /// <summary>Where in a window, from 0 to 1: by chance, and the same at each look.</summary>
    private static double ShareOf(X509Certificate2 certificate) =>
        BitConverter.ToUInt32(SHA256.HashData(certificate.SerialNumberBytes.Span)) / (double)uint.MaxValue;
}
