using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.Providers;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Sharing;

/// <summary>What a shared server is a server of.</summary>
/// <param name="Module">The provider module.</param>
/// <param name="Version">Its version; there is one shared server of each.</param>
public sealed record ServerKind(string Module, string Version)
{
    /// <summary>The instance that it is: <c>shared-postgres-15</c>.</summary>
    public InstanceName Instance => InstanceName.Parse($"{AppId}-{Version.Replace('.', '-')}");

    /// <summary>The app that it is a copy of.</summary>
    public string AppId => $"shared-{Module}";

    /// <summary>What a deployment serves, when it is of a shared server.</summary>
    internal static ServerKind? Of(Deployment? deployment) =>
        deployment?.App is { Module: { } module, ModuleVersion: { } version } ? new ServerKind(module, version) : null;

    /// <summary>The server as an application, whose variables and volumes are those of the module.</summary>
    internal Package AsPackage(IServerProvider module) => new()
    {
        Metadata = new Metadata
        {
            Id = AppId,
            Version = Version,
            Title = $"{Module} {Version}, shared",
            Author = "Nua",
        },
        Env = module.Env,
        Volumes = module.Volumes,
    };
}

/// <summary>What was found of a shared server before a deployment that needs it.</summary>
/// <param name="Runs">Whether it is there and is to run.</param>
/// <param name="HasData">Whether there is data of it.</param>
public sealed record SharedServerFacts(bool Runs, bool HasData);

/// <summary>Who lives in which shared server, as the journal has it.</summary>
internal static class SharedServers
{
    /// <summary>The newest deployments of those who have something in the server, with how they are wanted; removed ones too.</summary>
    public static async Task<IReadOnlyList<(InstanceRecord Record, Deployment Deployment)>> TenantsOfAsync(
        this EngineSeams seams, InstanceName server, CancellationToken cancellation)
    {
        var tenants = new List<(InstanceRecord Record, Deployment Deployment)>();
        foreach (var record in await seams.Journal.WithDataAsync(cancellation))
        {
            if (await seams.Journal.DeploymentAsync(record.Name, record.Deployment, cancellation) is { } deployment
                && deployment.Servers.Contains(server))
            {
                tenants.Add((record, deployment));
            }
        }

        return tenants;
    }

    /// <summary>Those who may have data in the server: all who have any at all and ever lived in it, also if the newest deployment does not.</summary>
    public static async Task<IReadOnlyList<InstanceName>> HoldersOfAsync(this EngineSeams seams, InstanceName server, CancellationToken cancellation)
    {
        var holders = new List<InstanceName>();
        foreach (var record in await seams.Journal.WithDataAsync(cancellation))
        {
            var history = await seams.Journal.HistoryAsync(record.Name, cancellation);
            if (history.Any(deployment => deployment.Servers.Contains(server)))
            {
                holders.Add(record.Name);
            }
        }

        return holders;
    }

    /// <summary>A step that refuses to take a shared server from tenants that are to run; of other instances there is none.</summary>
    /// <exception cref="NuaException"><c>share.in-use</c></exception>
    public static Task SpareTenantsAsync(this EngineSeams seams, Deployment deployment, Operation operation, CancellationToken cancellation) =>
        deployment.IsSharedServer
            ? operation.StepAsync("see that none of its tenants runs", async () => ShareProblems.Refuse(
                deployment.Instance,
                from tenant in await seams.TenantsOfAsync(deployment.Instance, cancellation)
                where tenant.Record.Desired is DesiredState.Started
                select tenant.Record.Name))
            : Task.CompletedTask;

    /// <summary>A step that refuses to go on while a server that the instance has something in is not to run; without any there is none.</summary>
    /// <exception cref="NuaException"><c>share.server-at-rest</c>, <c>share.server-gone</c></exception>
    public static Task NeedServersAsync(this EngineSeams seams, Deployment deployment, Operation operation, CancellationToken cancellation) =>
        deployment.Tenancies.Count == 0
            ? Task.CompletedTask
            : operation.StepAsync("see that the shared servers are to run", async () =>
            {
                foreach (var server in deployment.Servers)
                {
                    await seams.RunningServerAsync(server, cancellation);
                }
            });

    /// <summary>The deployment of a shared server that is to run.</summary>
    /// <exception cref="NuaException"><c>share.server-at-rest</c>, <c>share.server-gone</c></exception>
    public static async Task<Deployment> RunningServerAsync(this EngineSeams seams, InstanceName server, CancellationToken cancellation) =>
        await seams.Journal.FindAsync(server, cancellation) switch
        {
            { Desired: DesiredState.Started } record => (await seams.Journal.DeploymentAsync(server, record.Deployment, cancellation))!,
            { IsThere: true } record => throw new NuaException(ShareProblems.ServerAtRest(record)),
            _ => throw new NuaException(ShareProblems.ServerGone(server)),
        };

    /// <summary>The shared server of that name that is there; an app of that name is none.</summary>
    public static async Task<InstanceRecord?> FindServerAsync(this EngineSeams seams, InstanceName server, CancellationToken cancellation) =>
        await seams.Journal.FindAsync(server, cancellation) is { IsThere: true } record
        && await seams.Journal.DeploymentAsync(server, record.Deployment, cancellation) is { IsSharedServer: true }
            ? record
            : null;

    /// <summary>What there is of a shared server.</summary>
    /// <exception cref="NuaException"><c>share.server-at-rest</c>, <c>share.name-taken</c>: an app has its name</exception>
    public static async Task<SharedServerFacts> LookForServerAsync(this EngineSeams seams, InstanceName server, CancellationToken cancellation)
    {
        if (await seams.Journal.FindAsync(server, cancellation) is not { Desired: not DesiredState.Erased } record)
        {
            return new SharedServerFacts(Runs: false, HasData: false);
        }

        if (await seams.Journal.DeploymentAsync(server, record.Deployment, cancellation) is { IsSharedServer: false } app)
        {
            throw new NuaException(ShareProblems.NameTaken(server, app.AppId));
        }

        return record.Desired switch
        {
            DesiredState.Started => new SharedServerFacts(Runs: true, HasData: true),
            DesiredState.Removed => new SharedServerFacts(Runs: false, HasData: true),
            _ => throw new NuaException(ShareProblems.ServerAtRest(record)),
        };
    }
}
