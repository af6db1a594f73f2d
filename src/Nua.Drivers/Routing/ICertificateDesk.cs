using Nua.Api;

namespace Nua.Drivers.Routing;

/// <summary>The certificates that a gateway shows its visitors, and what can be done about them.</summary>
/// <remarks>Fails with a <see cref="Core.Problems.NuaException"/> whose code starts with <c>gateway.</c>.</remarks>
public interface ICertificateDesk
{
    /// <summary>Every public name, and how it stands with its certificate.</summary>
    Task<IReadOnlyList<CertificateView>> CertificatesAsync(CancellationToken cancellation);

    /// <summary>Looks at what visitors are shown now: those of one name, or of all.</summary>
    Task<ServedList> CheckCertificatesAsync(string? name, CancellationToken cancellation);

    /// <summary>Asks for a certificate now, and waits for it.</summary>
    Task<CertificateView> RenewCertificateAsync(string name, bool force, CancellationToken cancellation);

    /// <summary>Shows a certificate of the operator's from now on.</summary>
    Task<ImportedView> ImportCertificateAsync(ImportBody body, CancellationToken cancellation);

    /// <summary>Shows those certificates of the operator's no longer that have the very name.</summary>
    Task<ImportedList> RemoveCertificateAsync(string name, CancellationToken cancellation);

    /// <summary>Replaces a certificate, and has its authority revoke it.</summary>
    Task<CertificateView> RevokeCertificateAsync(string name, string reason, CancellationToken cancellation);

    /// <summary>Gives the accounts with authorities new keys: the one with an authority, or all.</summary>
    Task<AccountList> RollOverAsync(string? authority, CancellationToken cancellation);
}
