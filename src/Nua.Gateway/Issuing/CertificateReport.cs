using Nua.Api;
using Nua.Gateway.Certificates;
using Nua.Gateway.Checking;

namespace Nua.Gateway.Issuing;

/// <summary>How every public name stands with its certificate, for somebody who wants to know.</summary>
internal sealed class CertificateReport(PublicNames names, NameCare care, CertificateStore certificates, ServedWatch watch, TimeProvider clock)
{
    public IReadOnlyList<CertificateView> All(CertificateSettings settings) => [.. names.All(settings).Select(name => Of(name, settings))];

    public CertificateView Of(string name, CertificateSettings settings) =>
        (certificates.Imported.For(name) is { } imported ? OfImported(name, imported) : OfAsked(name, settings)) with { Served = watch.Last(name) };

    private CertificateView OfImported(string name, KeyedCertificate imported)
    {
        var endsSoon = imported.NotAfter - clock.GetUtcNow() < ServedCheck.WarnBefore;
        var problem = endsSoon ? $"It ends on {imported.NotAfter:yyyy-MM-dd}: import the one that follows it." : null;
        return new CertificateView(name, imported.NotAfter, RenewAt: null, Authority: null, Failures: 0, problem) { Imported = true };
    }

    private CertificateView OfAsked(string name, CertificateSettings settings)
    {
        var standing = care.StandingOf(PublicNames.AskedFor(name, settings));
        return new CertificateView(
            name,
            standing.Given is { } given ? new DateTimeOffset(given.NotAfter) : null,
            settings.Authorities.Count == 0 ? null : standing.DueAt,
            standing.Record.Authority,
            standing.Record.Failures,
            standing.Record.Problem);
    }
}
