using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Nua.Gateway.Issuing.Dns;

/// <summary>What the world sees in the DNS. Nothing is remembered: what is looked up is about to change.</summary>
internal sealed class DnsView
{
    private const int UsualPort = 53;

    private readonly IReadOnlyList<IPEndPoint> _chosen;
    private readonly LookupClient _client;

    /// <param name="resolvers">Whom to ask, as <c>ADDRESS:PORT</c>; none: the resolvers of the machine, and the servers of a zone.</param>
    public DnsView(IReadOnlyList<string> resolvers)
    {
        _chosen = [.. resolvers.Select(IPEndPoint.Parse)];
        _client = Asking(_chosen);
    }

    /// <summary>Whether all who are asked about a name show the value.</summary>
    public async Task<bool> ShowsAsync(TextRecord record, CancellationToken cancellation)
    {
        foreach (var server in await WitnessesAsync(record.Name, cancellation))
        {
            var texts = await AskAsync(Asking([server]), record.Name, QueryType.TXT, cancellation);
            if (!texts.TxtRecords().Any(text => string.Concat(text.Text) == record.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where a host is, by IPv4 and IPv6.</summary>
    /// <exception cref="UnprovenException">Nobody answers.</exception>
    public async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellation)
    {
        var four = await AskAsync(_client, host, QueryType.A, cancellation);
        var six = await AskAsync(_client, host, QueryType.AAAA, cancellation);
        return [.. four.ARecords().Select(record => record.Address), .. six.AaaaRecords().Select(record => record.Address)];
    }

    /// <summary>Which authorities may give certificates for a name (RFC 8659, section 3): the records nearest to it on the way up.</summary>
    /// <exception cref="UnprovenException">Nobody answers.</exception>
    public async Task<CaaPolicy> PolicyAsync(string name, CancellationToken cancellation)
    {
        foreach (var place in Upwards(name))
        {
            var records = (await AskAsync(_client, place, QueryType.CAA, cancellation)).CaaRecords().ToList();
            if (records.Count > 0)
            {
                return new CaaPolicy(place, [.. records.Select(record => new CaaProperty(record.Flags, record.Tag, record.Value))]);
            }
        }

        return CaaPolicy.None;
    }

    /// <summary>The resolvers that were chosen, else the servers of the zone, which an authority asks as well.</summary>
    private async Task<IReadOnlyList<IPEndPoint>> WitnessesAsync(string name, CancellationToken cancellation)
    {
        if (_chosen.Count > 0)
        {
            return _chosen;
        }

        foreach (var place in Upwards(name))
        {
            var servers = (await AskAsync(_client, place, QueryType.NS, cancellation)).NsRecords().ToList();
            var addresses = await Task.WhenAll(servers.Select(server => AddressesAsync(server.NSDName.Value.TrimEnd('.'), cancellation)));

            // This machine may have no IPv6, and a server has the same to say by both.
            var reachable = addresses.Where(all => all.Count > 0).Select(all => new IPEndPoint(all[0], UsualPort)).ToList();
            if (reachable.Count > 0)
            {
                return reachable;
            }
        }

        throw new UnprovenException($"the DNS knows no servers for {name}");
    }

    private static IEnumerable<string> Upwards(string name)
    {
        for (var rest = name; rest.Length > 0; rest = rest.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? rest[(dot + 1)..] : "")
        {
            yield return rest;
        }
    }

    private static LookupClient Asking(IReadOnlyList<IPEndPoint> servers)
    {
        var options = servers.Count == 0 ? new LookupClientOptions() : new LookupClientOptions([.. servers]);
        (options.UseCache, options.Timeout, options.Retries, options.ThrowDnsErrors) = (false, TimeSpan.FromSeconds(4), 1, false);
        return new LookupClient(options);
    }

    private static async Task<IEnumerable<DnsResourceRecord>> AskAsync(LookupClient client, string name, QueryType type, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.QueryAsync(name, type, cancellationToken: cancellation);
            return answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
                ? answer.Answers
                : throw new UnprovenException($"the DNS answers {answer.Header.ResponseCode} when asked for {type} of {name}");
        }
        catch (DnsResponseException silence)
        {
            throw new UnprovenException($"the DNS does not answer when asked for {type} of {name}: {silence.Message}", silence);
        }
    }
}
