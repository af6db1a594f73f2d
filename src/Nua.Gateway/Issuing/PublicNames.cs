using Nua.Api;
using Nua.Gateway.Certificates;
using Nua.Gateway.Routing;

namespace Nua.Gateway.Issuing;

/// <summary>Which public names there are, and which of them an authority is asked about.</summary>
internal sealed class PublicNames(RoutingTable table, CertificateStore certificates)
{
    /// <summary>
    /// The names that certificates are asked for: the wildcards the operator chose, and every public host that is below none of them and
    /// that the operator brought no certificate for.
    /// </summary>
    public IReadOnlyList<string> Asked(CertificateSettings settings) =>
        [.. settings.Wildcards.Concat(Hosts()).Select(name => AskedFor(name, settings)).Distinct().Where(name => certificates.Imported.For(name) is null)];

    /// <summary>All that somebody may want to know of: also the names of certificates that the operator brought.</summary>
    public IReadOnlyList<string> All(CertificateSettings settings) =>
        [.. settings.Wildcards.Concat(Hosts()).Concat(certificates.Imported.All.SelectMany(one => one.Names)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The name that stands in the certificate which is asked for on account of a host.</summary>
    public static string AskedFor(string host, CertificateSettings settings) =>
        settings.Wildcards.Contains(Wildcard.Over(host)) ? Wildcard.Over(host) : host;

    private IEnumerable<string> Hosts() => table.SecureHosts().Where(host => !LocalNames.Cover(host));
}
