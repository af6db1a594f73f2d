using Nua.Api;
using Nua.Gateway.Issuing.Dns;

namespace Nua.Gateway.Issuing;

/// <summary>Puts together what the operator chose: the authorities, the ways to answer them, and what is looked at before they are asked.</summary>
internal sealed class Workshop(IssuingState state, HttpChallenges http, AlpnChallenges alpn, TimeProvider clock, ILogger log)
{
    /// <exception cref="GatewayException"><c>gateway.state-unusable</c></exception>
    public AuthorityRing Make(CertificateSettings settings)
    {
        var view = new DnsView(settings.Resolvers);
        var ways = InOrder(settings.Challenges, [http, alpn, .. OverDns(settings.Dns, view)]);
        var preflight = settings.Preflight is { } entry ? new Preflight(view, http, ways[0].Type, entry.HttpPort) : null;
        var orders = new CertificateOrder(ways);
        return new AuthorityRing([.. settings.Authorities.Select(authority => new AuthorityDealings(authority, state, orders, clock))], preflight);
    }

    /// <summary>The chosen ones; where none is chosen or can be had, all.</summary>
    private static IReadOnlyList<IChallengeResponder> InOrder(IReadOnlyList<string> chosen, IReadOnlyList<IChallengeResponder> all)
    {
        var ordered = chosen.SelectMany(type => all.Where(way => way.Type == type)).ToList();
        return ordered.Count > 0 ? ordered : all;
    }

    private IEnumerable<IChallengeResponder> OverDns(DnsEntry? dns, DnsView view)
    {
        IDnsZone? zone = dns switch
        {
            { Update: { } update } => new UpdateZone(update, state.Folder),
            { Program: { } program } => new HookZone(program),
            _ => null,
        };
        return zone is null ? [] : [new DnsChallenges(zone, view, TimeSpan.FromSeconds(dns!.SeenWithinSeconds), clock, log)];
    }
}
