using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;
using ContainerState = Docker.DotNet.Models.State;
using NetworkSpec = Nua.Engine.Runtimes.NetworkSpec;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>Runs workloads on Docker Engine 20.10 or later.</summary>
/// <param name="socket">The engine's Unix socket.</param>
/// <param name="secretsFolder">Where workloads' secrets lie while they run; a folder in memory takes its place when it is on a disk.</param>
/// <param name="ours">The name of the server whose driver it is: what carries the labels of another server is as foreign to it as what carries none.</param>
public sealed partial class DockerDriver(string socket, string secretsFolder, string ours) : IRuntimeDriver, IWorkloadPauser, IWorkloadMeter, INetworkGuests, ILiveExec, IDisposable
{
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(10);

    // Removing a container with a large file system takes a busy disk its time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DockerEngine _engine = new(socket, Patience);
    private readonly SecretFiles _secrets = new(secretsFolder);

    public string Name => "docker";

    public async Task<string> PingAsync(CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(PingLimit);
        try
        {
            var version = await _engine.AskAsync(
                "say its version", client => client.System.GetVersionAsync(limited.Token), limited.Token);
            return $"Docker {version.Version}";
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new NuaException(EngineFaults.Unreachable(socket, late), late);
        }
    }

    public async Task EnsureNetworkAsync(NetworkSpec spec, CancellationToken cancellation)
    {
        if (await FindNetworkAsync(spec.Name, cancellation) is { } network)
        {
            RefuseForeign("network", spec.Name, network.Labels);
            return;
        }

        try
        {
            await CreateNetworkAsync(spec, range: null, cancellation);
        }
        catch (NuaException refusal) when (refusal.IsOutOfAddresses())
        {
            await CreateInRangeOfOursAsync(spec, cancellation);
        }
    }

    public async Task RemoveNetworkAsync(string name, CancellationToken cancellation)
    {
        if (await FindNetworkAsync(name, cancellation) is { } network && IsOurs(network.Labels))
        {
            await UnlessGoneAsync(
                $"remove the network '{name}'", client => client.Networks.DeleteNetworkAsync(network.ID, cancellation), cancellation);
        }
    }

    public async Task EnsureVolumeAsync(VolumeSpec spec, CancellationToken cancellation)
    {
        if (await FindVolumeAsync(spec.Name, cancellation) is { } volume)
        {
            RefuseForeign("volume", spec.Name, volume.Labels);
            return;
        }

        var request = new VolumesCreateParameters
        {
            Name = spec.Name,
            Driver = spec.Driver,
            DriverOpts = new Dictionary<string, string>(spec.Options ?? new Dictionary<string, string>()),
            Labels = OwnerLabels.Of(spec.Owner),
        };
        await _engine.AskAsync($"make the volume '{spec.Name}'", client => client.Volumes.CreateAsync(request, cancellation), cancellation);
    }

    public async Task RemoveVolumeAsync(string name, CancellationToken cancellation)
    {
        if (await FindVolumeAsync(name, cancellation) is { } volume && IsOurs(volume.Labels))
        {
            await UnlessGoneAsync(
                $"remove the volume '{name}'", client => client.Volumes.RemoveAsync(name, force: false, cancellation), cancellation);
        }
    }

    public async Task<Workload> StartAsync(WorkloadSpec spec, CancellationToken cancellation)
    {
        var container = await FindContainerAsync(spec.Id, cancellation);
        if (container is not null)
        {
            RefuseForeign("container", spec.Id.Value, container.Config?.Labels);
            if (container.Config!.Labels![ContainerRequest.SpecLabel] != SpecHash.Of(spec) || _secrets.Differ(spec))
            {
                await RemoveAsync(spec.Id, cancellation);
                container = null;
            }
        }

        var secrets = _secrets.Write(spec);
        if (container is null)
        {
            await CreateAndStartAsync(spec, secrets, cancellation);
        }
        else
        {
            await WakeAsync(spec.Id, container.State!, cancellation);
        }

        return await FindAsync(spec.Id, cancellation) ?? throw new NuaException(RuntimeProblems.WorkloadMissing(spec.Id));
    }

    public async Task RenewSecretsAsync(WorkloadSpec spec, CancellationToken cancellation)
    {
        if (await FindContainerAsync(spec.Id, cancellation) is { } container)
        {
            RefuseForeign("container", spec.Id.Value, container.Config?.Labels);
            _secrets.Write(spec);
        }
    }

    public async Task StopAsync(WorkloadId id, TimeSpan grace, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not null)
        {
            // Zero would be left out of the request, and the engine wait its own ten seconds.
            var request = new ContainerStopParameters { WaitBeforeKillSeconds = Math.Max(1, (uint)Math.Ceiling(grace.TotalSeconds)) };
            await UnlessGoneAsync(
                $"stop '{id}'", client => client.Containers.StopContainerAsync(id.Value, request, cancellation), cancellation);
        }
    }

    public async Task PauseAsync(WorkloadId id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { Status: WorkloadStatus.Running })
        {
            return;
        }

        try
        {
            await UnlessGoneAsync(
                $"pause '{id}'", client => client.Containers.PauseContainerAsync(id.Value, cancellation), cancellation);
        }
        catch (NuaException refusal) when (refusal.IsConflict())
        {
            // It ended, or somebody else paused it, since it was looked at.
        }
    }

    public async Task<WorkloadUse?> MeasureAsync(WorkloadId id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { Status: WorkloadStatus.Running or WorkloadStatus.Paused })
        {
            return null;
        }

        var use = new ContainerUse();
        await UnlessGoneAsync(
            $"say what '{id}' uses",
            client => client.Containers.GetContainerStatsAsync(id.Value, ContainerUse.Once, use, cancellation),
            cancellation);
        return use.Heard;
    }

    public async Task ResumeAsync(WorkloadId id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { Status: WorkloadStatus.Paused })
        {
            return;
        }

        try
        {
            await UnlessGoneAsync(
                $"wake '{id}'", client => client.Containers.UnpauseContainerAsync(id.Value, cancellation), cancellation);
        }
        catch (NuaException refusal) when (refusal.IsConflict())
        {
            // It ended, or somebody else let it go on, since it was looked at.
        }
    }

    public async Task RemoveAsync(WorkloadId id, CancellationToken cancellation)
    {
        if (await FindContainerAsync(id, cancellation) is not { } container)
        {
            _secrets.Remove(id);
        }
        else if (IsOurs(container.Config?.Labels))
        {
            var request = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
            await UnlessGoneAsync(
                $"remove '{id}'", client => client.Containers.RemoveContainerAsync(container.ID, request, cancellation), cancellation);
            _secrets.Remove(id);
        }
    }

    public async Task<Workload?> FindAsync(WorkloadId id, CancellationToken cancellation) =>
        await FindContainerAsync(id, cancellation) is { } container && IsOurs(container.Config?.Labels) ? ContainerView.Of(container) : null;

    public async Task<Inventory> ListAsync(CancellationToken cancellation)
    {
        var ofServer = new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = new Dictionary<string, bool> { [$"{OwnerLabels.Server}={ours}"] = true },
        };
        var containers = await _engine.AskAsync(
            "list containers",
            client => client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = ofServer }, cancellation),
            cancellation);
        var networks = await _engine.AskAsync(
            "list networks",
            client => client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = ofServer }, cancellation),
            cancellation);
        var volumes = await _engine.AskAsync(
            "list volumes",
            client => client.Volumes.ListAsync(new VolumesListParameters { Filters = ofServer }, cancellation),
            cancellation);

        var workloads = new List<Workload>();
        foreach (var name in containers.SelectMany(container => container.Names).Select(name => name.TrimStart('/')))
        {
            // What vanished since it was listed is not there.
            if (await FindAsync(new WorkloadId(name), cancellation) is { } workload)
            {
                workloads.Add(workload);
            }
        }

        return new Inventory(
            workloads,
            Owned(networks.Select(network => (network.Name, network.Labels))),
            Owned((volumes.Volumes ?? []).Select(volume => (volume.Name, volume.Labels))));
    }

    public Task<ExecOutcome> ExecAsync(WorkloadId id, ExecCommand command, CancellationToken cancellation) => InRunningAsync(
        id, command, client => ContainerExec.RunAsync(client, id, command, cancellation), cancellation);

    public Task<IExecSession> OpenExecAsync(
        WorkloadId id, ExecCommand command, TerminalSize? terminal, CancellationToken cancellation) => InRunningAsync(
        id, command, client => ContainerSession.OpenAsync(_engine, client, id, command, terminal, cancellation), cancellation);

    private Task<NetworksCreateResponse> CreateNetworkAsync(NetworkSpec spec, IPNetwork? range, CancellationToken cancellation)
    {
        var request = new NetworksCreateParameters
        {
            Name = spec.Name,
            Driver = "bridge",
            Internal = spec.Internal,
            Labels = OwnerLabels.Of(spec.Owner),
            IPAM = range is null ? null : new IPAM { Config = [new IPAMConfig { Subnet = string.Create(CultureInfo.InvariantCulture, $"{range}") }] },
        };
        return _engine.AskAsync(
            $"make the network '{spec.Name}'", client => client.Networks.CreateNetworkAsync(request, cancellation), cancellation);
    }

    private async Task CreateInRangeOfOursAsync(NetworkSpec spec, CancellationToken cancellation)
    {
        var networks = await _engine.AskAsync(
            "list networks", client => client.Networks.ListNetworksAsync(new NetworksListParameters(), cancellation), cancellation);
        var taken = networks
            .SelectMany(network => network.IPAM?.Config ?? [])
            .Select(config => IPNetwork.TryParse(config.Subnet, out var range) ? range : (IPNetwork?)null)
            .OfType<IPNetwork>()
            .Concat(SubnetPool.OfThisMachine())
            .ToList();
        foreach (var range in SubnetPool.Free(taken))
        {
            try
            {
                await CreateNetworkAsync(spec, range, cancellation);
                return;
            }
            catch (NuaException refusal) when (refusal.IsOverlap())
            {
                // Another network was made there since the look.
            }
        }

        throw new NuaException(RuntimeProblems.NoAddresses(spec.Name));
    }

    private async Task<T> InRunningAsync<T>(
        WorkloadId id, ExecCommand command, Func<DockerClient, Task<T>> run, CancellationToken cancellation)
    {
        _ = await FindAsync(id, cancellation) ?? throw new NuaException(RuntimeProblems.WorkloadMissing(id));
        try
        {
            return await _engine.AttendAsync($"run '{command.Arguments[0]}' in '{id}'", run, cancellation);
        }
        catch (NuaException refusal) when (refusal.IsNotFound())
        {
            throw new NuaException(RuntimeProblems.WorkloadMissing(id), refusal);
        }
        catch (NuaException refusal) when (refusal.IsConflict())
        {
            throw new NuaException(await WhyNotAsync(id, cancellation), refusal);
        }
    }

    private async Task<Problem> WhyNotAsync(WorkloadId id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { Status: WorkloadStatus.Paused }
            ? RuntimeProblems.WorkloadPaused(id)
            : RuntimeProblems.WorkloadStopped(id);

    public async IAsyncEnumerable<LogLine> ReadLogAsync(
        WorkloadId id, LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        _ = await FindAsync(id, cancellation) ?? throw new NuaException(RuntimeProblems.WorkloadMissing(id));

        var what = $"show the log of '{id}'";
        using var stream = await _engine.AskAsync(
            what, client => client.Containers.GetContainerLogsAsync(id.Value, ContainerLog.Parameters(request), cancellation), cancellation);

        await foreach (var line in ContainerLog.LinesAsync(_engine, what, stream, cancellation))
        {
            yield return line;
        }
    }

    public void Dispose() => _engine.Dispose();

    private async Task CreateAndStartAsync(WorkloadSpec spec, string? secrets, CancellationToken cancellation)
    {
        try
        {
            HostFolder.Have(spec.Mounts);
            var request = ContainerRequest.For(spec, secrets);
            await _engine.AskAsync($"create '{spec.Id}'", client => client.Containers.CreateContainerAsync(request, cancellation), cancellation);
            await StartContainerAsync(spec.Id, cancellation);
        }
        catch
        {
            // A first start that failed leaves nothing; a later one leaves the container as it was.
            await RemoveAsync(spec.Id, CancellationToken.None);
            throw;
        }
    }

    private Task WakeAsync(WorkloadId id, ContainerState state, CancellationToken cancellation) =>
        state.Paused
            ? _engine.AskAsync($"wake '{id}'", client => client.Containers.UnpauseContainerAsync(id.Value, cancellation), cancellation)
            : StartContainerAsync(id, cancellation);

    private Task<bool> StartContainerAsync(WorkloadId id, CancellationToken cancellation) => _engine.AskAsync(
        $"start '{id}'",
        client => client.Containers.StartContainerAsync(id.Value, new ContainerStartParameters(), cancellation),
        cancellation);

    private async Task<ContainerInspectResponse?> FindContainerAsync(WorkloadId id, CancellationToken cancellation)
    {
        var container = await OrNullIfMissingAsync(
            $"inspect '{id}'", client => client.Containers.InspectContainerAsync(id.Value, cancellation), cancellation);

        // The engine also takes the beginning of a container's id for its name.
        return container?.Name == $"/{id}" ? container : null;
    }

    private async Task<NetworkResponse?> FindNetworkAsync(string name, CancellationToken cancellation)
    {
        var network = await OrNullIfMissingAsync(
            $"inspect the network '{name}'", client => client.Networks.InspectNetworkAsync(name, cancellation), cancellation);
        return network?.Name == name ? network : null;
    }

    private Task<VolumeResponse?> FindVolumeAsync(string name, CancellationToken cancellation) => OrNullIfMissingAsync(
        $"inspect the volume '{name}'", client => client.Volumes.InspectAsync(name, cancellation), cancellation);

    private async Task<T?> OrNullIfMissingAsync<T>(string what, Func<DockerClient, Task<T>> question, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await _engine.AskAsync(what, question, cancellation);
        }
        catch (NuaException missing) when (missing.IsNotFound())
        {
            return null;
        }
    }

    private async Task UnlessGoneAsync(string what, Func<DockerClient, Task> question, CancellationToken cancellation)
    {
        try
        {
            await _engine.AskAsync(what, question, cancellation);
        }
        catch (NuaException gone) when (gone.IsNotFound())
        {
            // Somebody else removed it first, which is what was asked.
        }
    }

    private bool IsOurs(IDictionary<string, string>? labels) => OwnerLabels.Read(labels)?.Server == ours;

    private void RefuseForeign(string kind, string name, IDictionary<string, string>? labels)
    {
        if (!IsOurs(labels))
        {
            throw new NuaException(RuntimeProblems.NameTaken("docker", kind, name));
        }
    }

    private static List<OwnedObject> Owned(IEnumerable<(string Name, IDictionary<string, string> Labels)> objects) =>
        [.. from found in objects
            let owner = OwnerLabels.Read(found.Labels)
            where owner is not null
            select new OwnedObject(found.Name, owner)];
}
