using Nua.Api;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Access;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Server.Views;

/// <summary>Answers questions about instances: what the journal wants, beside what the engine has.</summary>
internal sealed class InstanceDesk(EngineSeams seams, IOperationLog log)
{
    /// <summary>All instances that are somebody's to see, as wanted and as they are.</summary>
    public async Task<InstanceList> ListAsync(Principal who, CancellationToken cancellation)
    {
        var inventory = await InventoryAsync(cancellation);
        var port = await HttpsPortAsync(cancellation);
        var underWay = await OperationViews.UnderWayAsync(log, cancellation);
        var tenants = await TenantsAsync(cancellation);
        var views = new List<InstanceView>();
        foreach (var record in (await seams.Journal.InstancesAsync(cancellation)).Where(one => who.MayAt(one.Name.ToString())))
        {
            var deployment = await DeploymentAsync(record, cancellation);
            views.Add(InstanceViews.Of(record, deployment, inventory, port) with
            {
                UnderWay = underWay.FirstOrDefault(one => one.Subject == record.Name.ToString()),
                Tenants = deployment.IsSharedServer ? [.. tenants[record.Name]] : null,
            });
        }

        return new InstanceList(views);
    }

    /// <summary>Who has something in which shared server, removed ones whose data is there too.</summary>
    private async Task<ILookup<InstanceName, string>> TenantsAsync(CancellationToken cancellation)
    {
        var tenants = new List<(InstanceName Server, string Tenant)>();
        foreach (var record in await seams.Journal.WithDataAsync(cancellation))
        {
            var deployment = await DeploymentAsync(record, cancellation);
            tenants.AddRange(deployment.Servers.Select(server => (server, record.IsThere ? $"{record.Name}" : $"{record.Name} (removed)")));
        }

        return tenants.ToLookup(tenant => tenant.Server, tenant => tenant.Tenant);
    }

    /// <summary>One instance with its parts.</summary>
    public async Task<InstanceDetail> FindAsync(string name, CancellationToken cancellation)
    {
        var record = await RecordAsync(name, cancellation);
        var deployment = await DeploymentAsync(record, cancellation);
        var inventory = await InventoryAsync(cancellation);
        var last = await log.ListAsync(new OperationFilter(name), limit: 1, cancellation);
        var underWay = await OperationViews.UnderWayAsync(log, cancellation);
        return new InstanceDetail(
            InstanceViews.Of(record, deployment, inventory, await HttpsPortAsync(cancellation)) with
            {
                UnderWay = underWay.FirstOrDefault(one => one.Subject == name),
                Tenants = deployment.IsSharedServer ? [.. (await TenantsAsync(cancellation))[record.Name]] : null,
            },
            deployment.At,
            [.. deployment.Workloads.Select(plan => InstanceViews.Of(plan, inventory))],
            [.. deployment.Volumes.Select(volume => new InstanceVolume(volume.Role, volume.Name, volume.Driver))],
            last is [var operation] ? OperationViews.Of(operation) : null)
        {
            Shared = [.. deployment.Tenancies.Select(tenancy => new SharedProvider(tenancy.Role, tenancy.Server.ToString()))],
        };
    }

    /// <summary>Its history, newest first.</summary>
    public async Task<DeploymentList> HistoryAsync(string name, CancellationToken cancellation)
    {
        var record = await RecordAsync(name, cancellation);
        var history = await seams.Journal.HistoryAsync(record.Name, cancellation);
        return new DeploymentList(name, [.. history.Select(deployment => InstanceViews.Of(deployment, record))]);
    }

    /// <summary>The environment of its workloads; secrets are masked.</summary>
    public async Task<EnvironmentView> EnvironmentAsync(string name, CancellationToken cancellation)
    {
        var deployment = await DeploymentAsync(await RecordAsync(name, cancellation), cancellation);
        var origins = new VariableOrigins(deployment);
        return new EnvironmentView(
            name, [.. deployment.Parts.SelectMany(part => InstanceViews.VariablesOf(part, origins))]);
    }

    /// <summary>The workloads whose logs are asked for, by role.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c>, <c>server.no-workload</c></exception>
    public async Task<IReadOnlyList<WorkloadPlan>> WorkloadsAsync(string name, string? role, CancellationToken cancellation)
    {
        var all = (await DeploymentAsync(await RecordAsync(name, cancellation), cancellation)).Workloads;
        var asked = all.Where(workload => role is null || workload.Role == role).ToList();
        return asked.Count > 0
            ? asked
            : throw new NuaException(ServerProblems.NoWorkload(name, role!, all.Select(workload => workload.Role)));
    }

    private async Task<InstanceRecord> RecordAsync(string name, CancellationToken cancellation)
    {
        var instance = InstanceName.Parse(name);
        return await seams.Journal.FindAsync(instance, cancellation) is { IsThere: true } record
            ? record
            : throw new NuaException(DeployProblems.NoInstance(instance));
    }

    /// <summary>An instance is made by its first deployment, so it has one.</summary>
    private async Task<Deployment> DeploymentAsync(InstanceRecord record, CancellationToken cancellation) =>
        (await seams.Journal.DeploymentAsync(record.Name, record.Deployment, cancellation))!;

    /// <summary><see langword="null"/>: the engine does not answer, and the rest is worth telling all the same.</summary>
    private async Task<Inventory?> InventoryAsync(CancellationToken cancellation)
    {
        try
        {
            return await seams.Runtime.ListAsync(cancellation);
        }
        catch (NuaException)
        {
            return null;
        }
    }

    /// <summary>The usual port when the gateway does not answer: the address is still the best there is to tell.</summary>
    private async Task<int> HttpsPortAsync(CancellationToken cancellation)
    {
        try
        {
            return await seams.Gateway.HttpsPortAsync(cancellation);
        }
        catch (NuaException)
        {
            return 443;
        }
    }
}
