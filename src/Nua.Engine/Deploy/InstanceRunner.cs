using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Deploy.Sharing;
using Nua.Engine.Operations;
using Nua.Engine.Protocol;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>What several use cases do with a deployment: bring it up, take it down, test it, reach it.</summary>
internal sealed class InstanceRunner
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    // What has not been answered by then is answered when the instance is let go on.
    private static readonly TimeSpan PauseGrace = TimeSpan.FromSeconds(10);

    // Long enough for a migration of a large database.
    private static readonly TimeSpan CommandLimit = TimeSpan.FromHours(1);
    private readonly EngineSeams _seams;
    private readonly HostFolders _folders;
    private readonly WorkloadLauncher _launcher;
    private readonly Readiness _readiness;

    public InstanceRunner(EngineSeams seams)
    {
        _seams = seams;
        _folders = new HostFolders(seams.OwnFolders);
        _launcher = new WorkloadLauncher(seams.Runtime, seams.Vault, seams.Names, _folders);
        _readiness = new Readiness(seams, _launcher);
        Tenants = new Tenants(seams, _launcher);
    }

    /// <summary>How it lives in shared servers.</summary>
    public Tenants Tenants { get; }

    /// <summary>Makes every value that is to be kept, or finds it made.</summary>
    public async Task KeepValuesAsync(Deployment deployment, string operation, CancellationToken cancellation)
    {
        var wanted = deployment.Parts
            .SelectMany(part => part.Env.Values)
            .SelectMany(value => value.Parts)
            .Select(part => part.Kept)
            .OfType<KeptReference>()
            .Distinct();
        foreach (var kept in wanted)
        {
            await _seams.Vault.EnsureAsync(deployment.Instance, kept, operation, number => KeptValues.Make(kept, number), cancellation);
        }
    }

    /// <summary>Makes the network, or finds it made.</summary>
    public Task EnsureNetworkAsync(Deployment deployment, CancellationToken cancellation) => _seams.Runtime.EnsureNetworkAsync(
        new NetworkSpec(deployment.Network, Owner(deployment, deployment.Operation, "network")), cancellation);

    /// <summary>Makes a volume, or finds it made.</summary>
    public Task EnsureVolumeAsync(Deployment deployment, VolumePlan volume, CancellationToken cancellation)
    {
        _folders.Refuse(volume);
        return _seams.Runtime.EnsureVolumeAsync(
            new VolumeSpec(volume.Name, Owner(deployment, volume.Operation, volume.Role), volume.Driver, volume.Options), cancellation);
    }

    /// <summary>Only a volume that this very operation made, and that never served, goes with it.</summary>
    public async Task RemoveOwnVolumeAsync(VolumePlan volume, string operation)
    {
        var inventory = await _seams.Runtime.ListAsync(CancellationToken.None);
        if (volume.Operation == operation
            && inventory.Volumes.Any(found => found.Name == volume.Name && found.Owner.Operation == operation))
        {
            await _seams.Runtime.RemoveVolumeAsync(volume.Name, CancellationToken.None);
        }
    }

    /// <summary>Removes a network, out of which its guests are taken first.</summary>
    public async Task RemoveNetworkAsync(string network, CancellationToken cancellation)
    {
        await Tenants.EmptyAsync(network, cancellation);
        await _seams.Runtime.RemoveNetworkAsync(network, cancellation);
    }

    /// <summary>Starts a workload, or finds it running. A shared server is then in the networks of all who live in it.</summary>
    public async Task StartAsync(Deployment deployment, WorkloadPlan workload, CancellationToken cancellation)
    {
        await _launcher.StartAsync(deployment, workload, cancellation);
        if (workload.Role == WorkloadPlan.AppRole && deployment.IsSharedServer)
        {
            await Tenants.RejoinAsync(deployment, cancellation);
        }
    }

    /// <inheritdoc cref="WorkloadLauncher.StartIdleAsync"/>
    public Task StartIdleAsync(Deployment deployment, WorkloadId id, string operation, CancellationToken cancellation) =>
        _launcher.StartIdleAsync(deployment, id, operation, cancellation);

    /// <summary>Waits until a workload serves.</summary>
    public Task WaitAsync(Deployment deployment, WorkloadPlan workload, Package package, CancellationToken cancellation) =>
        _readiness.WaitAsync(deployment, workload, HealthOf(package, workload), WebPortOf(deployment, package, workload), cancellation);

    /// <summary>Asks a workload to end.</summary>
    public Task StopAsync(WorkloadPlan workload, CancellationToken cancellation) =>
        _seams.Runtime.StopAsync(new WorkloadId(workload.Name), StopGrace, cancellation);

    /// <summary>Has a recorded deployment running, answering and routed; what is so already is left alone.</summary>
    public async Task BringUpAsync(Deployment deployment, CancellationToken cancellation)
    {
        var package = PackageReader.Read("nua-config.json", deployment.Config);
        await EnsureNetworkAsync(deployment, cancellation);
        foreach (var volume in deployment.Volumes)
        {
            await EnsureVolumeAsync(deployment, volume, cancellation);
        }

        await Tenants.MoveInAsync(deployment, cancellation);
        foreach (var workload in deployment.Workloads)
        {
            await StartAsync(deployment, workload, cancellation);
            await WaitAsync(deployment, workload, package, cancellation);
        }

        if (deployment.WebPort is not null)
        {
            await _seams.Gateway.PublishAsync(await RouteOfAsync(deployment, cancellation), cancellation);
        }
    }

    /// <summary>Stops answering, then stops the workloads, the app first.</summary>
    public async Task TakeDownAsync(Deployment deployment, CancellationToken cancellation)
    {
        await WithdrawAsync(deployment, cancellation);
        foreach (var workload in deployment.Workloads.Reverse())
        {
            await StopAsync(workload, cancellation);
        }
    }

    /// <summary>Asks visitors to come again, then holds the workloads still, the app first; what they have in memory stays.</summary>
    public async Task HoldAsync(Deployment deployment, CancellationToken cancellation)
    {
        if (deployment.WebPort is { } port)
        {
            await _seams.Gateway.PublishAsync(HeldRouteOf(deployment), cancellation);
            if (await _seams.Runtime.FindAsync(new WorkloadId(deployment.App.Name), cancellation)
                is { Status: WorkloadStatus.Running, Address: { } address })
            {
                await _seams.Gateway.DrainAsync(new Uri($"http://{address}:{port}/"), PauseGrace, cancellation);
            }
        }

        foreach (var workload in deployment.Workloads.Reverse())
        {
            await RestAsync(workload, DesiredState.Paused, cancellation);
        }
    }

    /// <summary>Puts a workload to the rest that is wanted of its instance. One that ends again and again cannot be held, and is stopped.</summary>
    public async Task RestAsync(WorkloadPlan workload, DesiredState rest, CancellationToken cancellation)
    {
        var id = new WorkloadId(workload.Name);
        if (rest is DesiredState.Paused
            && await _seams.Runtime.FindAsync(id, cancellation) is { Status: not WorkloadStatus.Restarting })
        {
            await PauserOf(_seams).PauseAsync(id, cancellation);
        }
        else
        {
            await StopAsync(workload, cancellation);
        }
    }

    /// <summary>The runtime's ability to hold a workload still.</summary>
    /// <exception cref="NuaException"><c>deploy.cannot-pause</c></exception>
    public static IWorkloadPauser PauserOf(EngineSeams seams) =>
        seams.Runtime as IWorkloadPauser ?? throw new NuaException(DeployProblems.CannotPause(seams.Runtime.Name));

    /// <summary>The route of a deployment that is held still.</summary>
    public static Route HeldRouteOf(Deployment deployment) =>
        new(deployment.Domain, Route.Nowhere, deployment.Instance.ToString(), deployment.Number, deployment.Tls) { Paused = true };

    /// <summary>No longer answers on the deployment's domain; a route that is another instance's by now stays.</summary>
    public async Task WithdrawAsync(Deployment deployment, CancellationToken cancellation)
    {
        var routes = await _seams.Gateway.ListAsync(cancellation);
        if (routes.Any(route => route.Domain == deployment.Domain && route.Instance == deployment.Instance.ToString()))
        {
            await _seams.Gateway.WithdrawAsync(deployment.Domain, cancellation);
        }
    }

    /// <summary>Where the deployment's traffic goes; its app must run.</summary>
    public async Task<Route> RouteOfAsync(Deployment deployment, CancellationToken cancellation)
    {
        var app = await _seams.Runtime.FindAsync(new WorkloadId(deployment.App.Name), cancellation);
        if (app?.Address is not { } address)
        {
            throw new NuaException(DeployProblems.Died(WorkloadPlan.AppRole, "it does not run", []));
        }

        var destination = new Uri($"http://{address}:{deployment.WebPort}/");
        return new Route(deployment.Domain, destination, deployment.Instance.ToString(), deployment.Number, deployment.Tls);
    }

    /// <summary>Runs the test protocol through the gateway's private door; answers the steps that passed.</summary>
    /// <exception cref="NuaException"><c>deploy.tests-failed</c></exception>
    public async Task<IReadOnlyList<TestOutcome>> TestAsync(Deployment deployment, Package package, int httpsPort, CancellationToken cancellation)
    {
        using var door = _seams.Gateway.OpenPrivateDoor();
        var target = new TestTarget(
            deployment.AddressAt(httpsPort),
            door,
            (line, token) => _launcher.RunLineAsync(deployment.App, line, token),
            name => deployment.Volumes.Any(volume => volume.Role == name || volume.Name == name),
            Directory.Exists);
        var report = await TestProtocol.RunAsync(target, package.Tests, TestOccasion.Deploy, cancellation);
        return report.Passed
            ? report.Outcomes
            : throw new NuaException(await RedactAsync(
                deployment,
                DeployProblems.TestsFailed(
                    deployment.Instance, report, await _launcher.LastLinesAsync(deployment, deployment.App, cancellation)),
                cancellation));
    }

    /// <summary>The commands of the package that are to run in a workload after it has started.</summary>
    public static IReadOnlyList<string> PostRunOf(Package package, WorkloadPlan workload) =>
        workload.Role == WorkloadPlan.AppRole ? package.Run.PostRun : ProviderOf(package, workload)?.Run?.PostRun ?? [];

    /// <summary>Runs a shell line of the package in the container of a workload; secrets are blotted out of what it wrote.</summary>
    /// <exception cref="TimeoutException">It took longer than that.</exception>
    public async Task<ExecOutcome> TryLineAsync(
        Deployment deployment, WorkloadPlan workload, string line, TimeSpan limit, CancellationToken cancellation)
    {
        var outcome = await _seams.Clock.WithinAsync(limit, limited => _launcher.RunLineAsync(workload, line, limited), cancellation);
        return outcome with
        {
            Output = await _launcher.RedactAsync(deployment, outcome.Output, cancellation),
            Error = await _launcher.RedactAsync(deployment, outcome.Error, cancellation),
        };
    }

    /// <summary>Runs a shell line of the package in the container of a workload.</summary>
    /// <exception cref="NuaException"><c>deploy.command-failed</c></exception>
    public async Task RunAsync(
        Deployment deployment, WorkloadPlan workload, string what, string line, CancellationToken cancellation)
    {
        ExecOutcome outcome;
        try
        {
            outcome = await _seams.Clock.WithinAsync(
                CommandLimit, limited => _launcher.RunLineAsync(workload, line, limited), cancellation);
        }
        catch (TimeoutException late)
        {
            throw new NuaException(DeployProblems.CommandTooSlow(what, line, CommandLimit), late);
        }

        if (!outcome.Succeeded)
        {
            var output = $"{outcome.Output}\n{outcome.Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(20).ToList();
            throw new NuaException(await RedactAsync(
                deployment, DeployProblems.CommandFailed(what, line, outcome.ExitCode, output), cancellation));
        }
    }

    private async Task<Problem> RedactAsync(Deployment deployment, Problem problem, CancellationToken cancellation)
    {
        var details = new List<string>();
        foreach (var line in problem.Details)
        {
            details.Add(await _launcher.RedactAsync(deployment, line, cancellation));
        }

        return problem with { Message = await _launcher.RedactAsync(deployment, problem.Message, cancellation), Details = details };
    }

    private Ownership Owner(Deployment deployment, string operation, string role) =>
        new(_seams.Names.Server, deployment.Instance, operation, role);

    private static HealthCheck? HealthOf(Package package, WorkloadPlan workload) =>
        workload.Role == WorkloadPlan.AppRole ? package.HealthCheck : ProviderOf(package, workload)?.HealthCheck;

    /// <summary>The port on which it can be asked for its front page.</summary>
    private static int? WebPortOf(Deployment deployment, Package package, WorkloadPlan workload) =>
        workload.Role == WorkloadPlan.AppRole
            ? deployment.WebPort
            : ProviderOf(package, workload)?.Ports.FirstOrDefault(port => port.Name == "web")?.Container is PortNumber.Fixed known
                ? known.Number
                : null;

    private static ProviderRequirement? ProviderOf(Package package, WorkloadPlan workload) =>
        package.Providers.FirstOrDefault(provider => provider.Name == workload.Role);
}
