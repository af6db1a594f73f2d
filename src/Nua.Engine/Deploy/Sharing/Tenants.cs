using System.Text.RegularExpressions;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Sharing;

/// <summary>Lets instances live in shared servers: reach them, have a database there, and leave.</summary>
internal sealed partial class Tenants(EngineSeams seams, WorkloadLauncher launcher)
{
    private readonly ServerTalk _talk = new(seams);

    /// <summary>Has the servers in the tenant's network, its databases in them, and waits until they answer; what is so already stays.</summary>
    public async Task MoveInAsync(Deployment tenant, CancellationToken cancellation)
    {
        foreach (var server in tenant.Servers)
        {
            await LetInAsync(tenant, server, [], cancellation);
        }

        foreach (var tenancy in tenant.Tenancies)
        {
            await AdmitAsync(tenant, tenancy, cancellation);
            await WaitAsync(tenant, tenancy, cancellation);
        }
    }

    /// <summary>Has the server in the tenant's network, under the names that its app knows.</summary>
    /// <param name="tenant">Whose network.</param>
    /// <param name="server">The server.</param>
    /// <param name="more">Names that it is to keep there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task LetInAsync(Deployment tenant, InstanceName server, IEnumerable<string> more, CancellationToken cancellation)
    {
        var host = await seams.RunningServerAsync(server, cancellation);
        await JoinAsync(host, tenant, more, cancellation);
    }

    /// <summary>Has a server that was started in the networks of all who live in it; one that was made anew is in none.</summary>
    public async Task RejoinAsync(Deployment server, CancellationToken cancellation)
    {
        var networks = (await seams.Runtime.ListAsync(cancellation)).Networks.Select(network => network.Name).ToHashSet();
        foreach (var (record, tenant) in await seams.TenantsOfAsync(server.Instance, cancellation))
        {
            if (record.IsThere && networks.Contains(tenant.Network))
            {
                await JoinAsync(server, tenant, [], cancellation);
            }
        }
    }

    /// <summary>Takes the server out of the tenant's network; one that is gone has left.</summary>
    public async Task ShowOutAsync(Deployment tenant, InstanceName server)
    {
        var inventory = await seams.Runtime.ListAsync(CancellationToken.None);
        foreach (var guest in inventory.Workloads.Where(workload => workload.Owner.Instance == server))
        {
            await Guests.LeaveAsync(guest.Id, tenant.Network, CancellationToken.None);
        }
    }

    /// <summary>Takes all guests out of a network that is to go.</summary>
    public async Task EmptyAsync(string network, CancellationToken cancellation)
    {
        var inventory = await seams.Runtime.ListAsync(cancellation);
        foreach (var guest in inventory.Workloads.Where(workload => workload.FurtherNetworks.Contains(network)))
        {
            await Guests.LeaveAsync(guest.Id, network, cancellation);
        }
    }

    /// <summary>Makes its database and its user, or finds them made; gives the user the password that the tenant has.</summary>
    /// <exception cref="NuaException"><c>share.not-admitted</c></exception>
    public async Task AdmitAsync(Deployment tenant, Tenancy tenancy, CancellationToken cancellation)
    {
        var (host, module, env) = await HostAsync(tenancy.Server, cancellation);
        var mark = new TenantMark(tenant.Instance, tenant.Lineage, tenancy.Role, tenancy.Operation);
        var own = await launcher.EnvironmentAsync(tenant, tenancy, cancellation);
        if (module.TenantNames.FirstOrDefault(name => !PlainName.IsMatch(own[name])) is { } odd)
        {
            throw new NuaException(ShareProblems.NotAdmitted(
                tenancy.Server, tenancy.Role, $"{odd} is to consist of letters, digits and _, and of 63 at most"));
        }

        var command = module.Admit(env, new Tenant(mark, own));
        if (await _talk.WhyNotDoneAsync(host, command, cancellation) is { } why)
        {
            throw new NuaException(ShareProblems.NotAdmitted(
                tenancy.Server, tenancy.Role, await launcher.RedactAsync(tenant, why, cancellation)));
        }
    }

    /// <summary>Drops what tenants have in a server, as they are marked; a server that is gone has nothing of anybody.</summary>
    /// <exception cref="NuaException"><c>share.not-dismissed</c>, <c>share.server-at-rest</c></exception>
    public async Task DismissAsync(InstanceName server, string tenants, CancellationToken cancellation)
    {
        if (await seams.FindServerAsync(server, cancellation) is null)
        {
            return;
        }

        var (host, module, env) = await HostAsync(server, cancellation);
        if (await _talk.WhyNotDoneAsync(host, module.Dismiss(env, tenants), cancellation) is { } why)
        {
            throw new NuaException(ShareProblems.NotDismissed(server, why));
        }
    }

    /// <summary>Waits until the server lets the tenant in with its own credentials.</summary>
    /// <exception cref="NuaException"><c>share.not-admitted</c></exception>
    public async Task WaitAsync(Deployment tenant, Tenancy tenancy, CancellationToken cancellation)
    {
        var (host, module, _) = await HostAsync(tenancy.Server, cancellation);
        var question = module.IsReady(await launcher.EnvironmentAsync(tenant, tenancy, cancellation));
        if (await _talk.WhyNotDoneAsync(host, question, cancellation) is { } why)
        {
            throw new NuaException(ShareProblems.NotAdmitted(
                tenancy.Server, tenancy.Role, await launcher.RedactAsync(tenant, why, cancellation)));
        }
    }

    /// <summary>A name among neighbours means itself and nothing else: no pattern in a grant, no address where a client expects a name.</summary>
    [GeneratedRegex("^[A-Za-z0-9_]{1,63}\\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex PlainName { get; }

    private INetworkGuests Guests =>
        seams.Runtime as INetworkGuests ?? throw new NuaException(ShareProblems.NoGuests(seams.Runtime.Name));

    private Task JoinAsync(Deployment server, Deployment tenant, IEnumerable<string> more, CancellationToken cancellation) => Guests.JoinAsync(
        new WorkloadId(server.App.Name),
        tenant.Network,
        [.. tenant.Tenancies.Where(tenancy => tenancy.Server == server.Instance).Select(tenancy => tenancy.Role).Union(more)],
        cancellation);

    private async Task<(WorkloadId Host, IHoldsTenants Module, IReadOnlyDictionary<string, string> Env)> HostAsync(
        InstanceName server, CancellationToken cancellation)
    {
        var deployment = await seams.RunningServerAsync(server, cancellation);
        return seams.Providers.Find(deployment.App.Module ?? "") is IHoldsTenants module
            ? (new WorkloadId(deployment.App.Name), module, await launcher.EnvironmentAsync(deployment, deployment.App, cancellation))
            : throw new NuaException(ShareProblems.NameTaken(server, deployment.AppId));
    }
}
