using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;

namespace Nua.Testing.Fakes;

/// <summary>
/// A runtime that runs nothing. It passes the same contract as the real ones, so tests may lean on it, and it fails where a
/// test tells it to.
/// </summary>
public sealed class InMemoryRuntime : IRuntimeDriver, IWorkloadPauser, IWorkloadMeter, INetworkGuests, ILiveExec
{
    private readonly string _server;
    private readonly ConcurrentDictionary<string, InMemoryWorkload> _workloads;
    private readonly ConcurrentDictionary<string, NetworkSpec> _networks;
    private readonly ConcurrentDictionary<string, InMemoryVolume> _volumes;
    private readonly ConcurrentDictionary<string, string> _foreign;
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentQueue<InMemorySession> _sessions = new();
    private readonly List<(string Member, string? Target, Problem Problem)> _failures = [];
    private int _addresses;

    /// <summary>An engine with nothing on it.</summary>
    /// <param name="server">Whose driver it is.</param>
    public InMemoryRuntime(string server = "nua") =>
        (_server, _workloads, _networks, _volumes, _foreign) = (server, [], [], [], []);

    private InMemoryRuntime(string server, InMemoryRuntime engine) => (_server, _workloads, _networks, _volumes, _foreign) =
        (server, engine._workloads, engine._networks, engine._volumes, engine._foreign);

    public string Name => "memory";

    /// <summary>Answers a command that a test wants answered in its own way; <see langword="null"/> leaves it to the runtime.</summary>
    public Func<WorkloadId, ExecCommand, ExecOutcome?> OnExec { get; set; } = (_, _) => null;

    /// <summary>What happens before a command runs.</summary>
    public Func<ExecCommand, CancellationToken, Task> BeforeExecAsync { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What happens before somebody looks at a workload.</summary>
    public Action<WorkloadId> BeforeFind { get; set; } = _ => { };

    /// <summary>For how long what is started is said to have run already: nobody waits whether it ends soon.</summary>
    public TimeSpan HeadStart { get; set; }

    /// <summary>Images the engine lacks; it has all others.</summary>
    public ISet<string> AbsentImages { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many commands were refused because what they were to run in is held still.</summary>
    public int RefusedWhilePaused { get; private set; }

    /// <summary>Every call that changes something, in order: <c>StartAsync notes-1</c>.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The workloads that run, in the order of their names.</summary>
    public IReadOnlyList<string> Running =>
    [
        .. _workloads.Values
            .Where(workload => workload.Status is WorkloadStatus.Running && IsOurs(workload.Spec.Owner))
            .Select(workload => workload.Spec.Id.Value)
            .Order(),
    ];

    /// <summary>The workloads that are held still, in the order of their names.</summary>
    public IReadOnlyList<string> Paused =>
        [.. _workloads.Values.Where(workload => workload.Status is WorkloadStatus.Paused && IsOurs(workload.Spec.Owner)).Select(workload => workload.Spec.Id.Value).Order()];

    public IReadOnlyList<string> Networks => [.. _networks.Values.Where(network => IsOurs(network.Owner)).Select(network => network.Name).Order()];

    public IReadOnlyList<string> Volumes => [.. _volumes.Where(volume => IsOurs(volume.Value.Owner)).Select(volume => volume.Key).Order()];

    /// <summary>The driver of another server on the same engine.</summary>
    public InMemoryRuntime Of(string server) => new(server, this);

    /// <summary>What the workload was last started from.</summary>
    public WorkloadSpec SpecOf(string workload) => _workloads[workload].Spec;

    /// <summary>
    /// From now on the member fails, for that target alone when one is given:
    /// <c>FailOn(nameof(IRuntimeDriver.StartAsync), problem, "notes-2")</c>.
    /// </summary>
    public void FailOn(string member, Problem problem, string? target = null) => _failures.Add((member, target, problem));

    /// <summary>Nothing fails any more.</summary>
    public void Heal() => _failures.Clear();

    /// <summary>The workload's program ended by itself, and the engine restarts it in vain.</summary>
    public void Crash(string workload, int exitCode = 1)
    {
        _workloads[workload].Restart(address: null);
        _workloads[workload].ExitCode = exitCode;
    }

    /// <summary>The workload's program ended by itself, or the engine did: by now it runs again, at another address.</summary>
    public void Bounce(string workload) => _workloads[workload].Restart(NextAddress());

    /// <summary>Somebody took the workload out of its network; it runs on.</summary>
    public void CutOff(string workload) => _workloads[workload].Address = null;

    /// <summary>Somebody holds the workload still.</summary>
    public void Pause(string workload) => _workloads[workload].Status = WorkloadStatus.Paused;

    /// <summary>Somebody started the workload.</summary>
    public void Wake(string workload) => _workloads[workload].Start(NextAddress());

    /// <summary>Somebody took all workloads out of a network and removed it.</summary>
    public void LoseNetwork(string network)
    {
        _networks.TryRemove(network, out _);
        foreach (var workload in _workloads.Values.Where(workload => workload.Spec.Network == network))
        {
            workload.Address = null;
        }

        foreach (var guest in _workloads.Values)
        {
            guest.Joined.TryRemove(network, out _);
        }
    }

    /// <summary>Somebody took a volume and what was in it away, whatever uses it.</summary>
    public void LoseVolume(string volume) => _volumes.TryRemove(volume, out _);

    /// <summary>The workloads that joined a network which was not made for them, with their names there, such as <c>server as database</c>.</summary>
    public IReadOnlyList<string> GuestsOf(string network) =>
    [
        .. _workloads.Values
            .Where(workload => workload.Joined.ContainsKey(network))
            .Select(workload => $"{workload.Spec.Id} as {string.Join(", ", workload.Joined[network])}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Where the workload is reached now.</summary>
    public string? AddressOf(string workload) => _workloads[workload].Address;

    /// <summary>The workload wrote a line.</summary>
    public void Write(string workload, string line, bool isError = false) => _workloads[workload].Write(line, isError);

    /// <summary>Puts something of that name on the engine that is not Nua's.</summary>
    public void AddForeign(string kind, string name) => _foreign[$"{kind} {name}"] = name;

    public bool HasForeign(string kind, string name) => _foreign.ContainsKey($"{kind} {name}");

    public Task<string> PingAsync(CancellationToken cancellation)
    {
        FailIfAsked(nameof(PingAsync), "");
        return Task.FromResult("Memory 1.0");
    }

    public Task EnsureNetworkAsync(NetworkSpec spec, CancellationToken cancellation)
    {
        Note(nameof(EnsureNetworkAsync), spec.Name);
        RefuseForeign("network", spec.Name, _networks.GetValueOrDefault(spec.Name)?.Owner);
        _networks.TryAdd(spec.Name, spec);
        return Task.CompletedTask;
    }

    public Task RemoveNetworkAsync(string name, CancellationToken cancellation)
    {
        Note(nameof(RemoveNetworkAsync), name);
        if (!_networks.TryGetValue(name, out var network) || !IsOurs(network.Owner))
        {
            return Task.CompletedTask;
        }

        if (_workloads.Values.Any(workload =>
            (workload.Spec.Network == name || workload.Joined.ContainsKey(name)) && workload.Status is not WorkloadStatus.Stopped))
        {
            throw new NuaException(InMemoryProblems.Refused($"remove the network '{name}': it has active endpoints"));
        }

        _networks.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public Task EnsureVolumeAsync(VolumeSpec spec, CancellationToken cancellation)
    {
        Note(nameof(EnsureVolumeAsync), spec.Name);
        RefuseForeign("volume", spec.Name, _volumes.GetValueOrDefault(spec.Name)?.Owner);
        _volumes.TryAdd(spec.Name, new InMemoryVolume(spec.Owner));
        return Task.CompletedTask;
    }

    public Task RemoveVolumeAsync(string name, CancellationToken cancellation)
    {
        Note(nameof(RemoveVolumeAsync), name);
        if (!_volumes.TryGetValue(name, out var volume) || !IsOurs(volume.Owner))
        {
            return Task.CompletedTask;
        }

        if (_workloads.Values.Any(workload => workload.Spec.Mounts.OfType<Mount.OfVolume>().Any(mount => mount.Volume == name)))
        {
            throw new NuaException(InMemoryProblems.Refused($"remove the volume '{name}': it is in use"));
        }

        _volumes.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public Task<Workload> StartAsync(WorkloadSpec spec, CancellationToken cancellation)
    {
        Note(nameof(StartAsync), spec.Id.Value);
        var present = _workloads.GetValueOrDefault(spec.Id.Value);
        RefuseForeign("container", spec.Id.Value, present?.Spec.Owner);
        if (present is not null && !present.IsMadeFrom(spec))
        {
            _workloads.TryRemove(spec.Id.Value, out _);
            present = null;
        }

        var workload = present ?? Create(spec);
        RefuseTakenPorts(spec);
        foreach (var mount in spec.Mounts.OfType<Mount.OfVolume>())
        {
            _volumes.TryAdd(mount.Volume, new InMemoryVolume(spec.Owner));
        }

        _workloads[spec.Id.Value] = workload;
        workload.Start(NextAddress(), HeadStart);
        return Task.FromResult(workload.View());
    }

    public Task RenewSecretsAsync(WorkloadSpec spec, CancellationToken cancellation)
    {
        Note(nameof(RenewSecretsAsync), spec.Id.Value);
        if (_workloads.TryGetValue(spec.Id.Value, out var workload))
        {
            RefuseForeign("container", spec.Id.Value, workload.Spec.Owner);
            workload.Spec = workload.Spec with { Secrets = spec.Secrets };
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(WorkloadId id, TimeSpan grace, CancellationToken cancellation)
    {
        Note(nameof(StopAsync), id.Value);
        Find(id)?.Stop();
        return Task.CompletedTask;
    }

    public Task PauseAsync(WorkloadId id, CancellationToken cancellation)
    {
        Note(nameof(PauseAsync), id.Value);
        if (Find(id) is { Status: WorkloadStatus.Running } workload)
        {
            workload.Status = WorkloadStatus.Paused;
        }

        return Task.CompletedTask;
    }

    public Task<WorkloadUse?> MeasureAsync(WorkloadId id, CancellationToken cancellation)
    {
        FailIfAsked(nameof(MeasureAsync), id.Value);
        return Task.FromResult(Find(id) is { Status: WorkloadStatus.Running or WorkloadStatus.Paused } workload
            ? new WorkloadUse(1 << 20, workload.Spec.Limits.MemoryBytes is 0 ? 1L << 34 : workload.Spec.Limits.MemoryBytes, TimeSpan.FromSeconds(1.5), 2)
            : null);
    }

    public Task ResumeAsync(WorkloadId id, CancellationToken cancellation)
    {
        Note(nameof(ResumeAsync), id.Value);
        if (Find(id) is { Status: WorkloadStatus.Paused } workload)
        {
            workload.Status = WorkloadStatus.Running;
        }

        return Task.CompletedTask;
    }

    public Task JoinAsync(WorkloadId id, string network, IReadOnlyList<string> aliases, CancellationToken cancellation)
    {
        Note(nameof(JoinAsync), id.Value);
        var workload = Require(id);
        RefuseForeign("network", network, _networks.GetValueOrDefault(network)?.Owner);
        if (!_networks.ContainsKey(network))
        {
            throw new NuaException(InMemoryProblems.Refused($"let '{id}' into the network '{network}': not found"));
        }

        workload.Joined[network] = [.. aliases];
        return Task.CompletedTask;
    }

    public Task LeaveAsync(WorkloadId id, string network, CancellationToken cancellation)
    {
        Note(nameof(LeaveAsync), id.Value);
        Find(id)?.Joined.TryRemove(network, out _);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(WorkloadId id, CancellationToken cancellation)
    {
        Note(nameof(RemoveAsync), id.Value);
        if (Find(id) is not null)
        {
            _workloads.TryRemove(id.Value, out _);
        }

        return Task.CompletedTask;
    }

    public Task<Workload?> FindAsync(WorkloadId id, CancellationToken cancellation)
    {
        FailIfAsked(nameof(FindAsync), id.Value);
        BeforeFind(id);
        return Task.FromResult(Find(id)?.View());
    }

    public Task<Inventory> ListAsync(CancellationToken cancellation)
    {
        FailIfAsked(nameof(ListAsync), _server);
        return Task.FromResult(new Inventory(
            [.. _workloads.Values.Select(workload => workload.View()).Where(workload => IsOurs(workload.Owner))],
            [.. from network in _networks.Values where IsOurs(network.Owner) select new OwnedObject(network.Name, network.Owner)],
            [.. from volume in _volumes where IsOurs(volume.Value.Owner) select new OwnedObject(volume.Key, volume.Value.Owner)]));
    }

    public async Task<ExecOutcome> ExecAsync(WorkloadId id, ExecCommand command, CancellationToken cancellation)
    {
        FailIfAsked(nameof(ExecAsync), id.Value);
        var workload = RequireRunning(id);
        await BeforeExecAsync(command, cancellation);
        return OnExec(id, command) ?? InMemoryPrograms.Run(workload, VolumeAt, command);
    }

    /// <summary>The commands that somebody talks with, in the order in which they were started.</summary>
    public IReadOnlyList<InMemorySession> Sessions => [.. _sessions];

    public async Task<IExecSession> OpenExecAsync(
        WorkloadId id, ExecCommand command, TerminalSize? terminal, CancellationToken cancellation)
    {
        // What the agent starts is what stands after its own words.
        var program = command.Arguments.SkipWhile(word => word != "--").Skip(1).ToList() is [_, ..] own ? command with { Arguments = own } : command;
        var isRead = program.Arguments is ["cat"];
        var outcome = isRead ? new ExecOutcome(0, "", "") : await ExecAsync(id, program, cancellation);
        if (isRead)
        {
            RequireRunning(id);
        }

        var session = new InMemorySession(id, command, terminal, isRead, outcome);
        _sessions.Enqueue(session);
        return session;
    }

    public async IAsyncEnumerable<LogLine> ReadLogAsync(
        WorkloadId id, LogRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        FailIfAsked(nameof(ReadLogAsync), id.Value);
        var workload = Require(id);
        var written = workload.LogFrom(0);
        var wanted = written.Where(line => request.Since is not { } since || line.At >= since).TakeLast(request.Tail ?? int.MaxValue);
        foreach (var line in wanted)
        {
            yield return line;
        }

        for (var seen = written.Count; request.Follow && workload.Status is WorkloadStatus.Running; seen += written.Count)
        {
            await workload.WrittenBeyondAsync(seen, cancellation);
            written = workload.LogFrom(seen);
            foreach (var line in written)
            {
                yield return line;
            }
        }
    }

    private string NextAddress() => $"10.0.0.{Interlocked.Increment(ref _addresses)}";

    private InMemoryWorkload Create(WorkloadSpec spec) =>
        AbsentImages.Contains(spec.Image)
            ? throw new NuaException(InMemoryProblems.ImageMissing(spec.Image))
            : new InMemoryWorkload(spec);

    private InMemoryVolume? VolumeAt(WorkloadSpec spec, string folder) =>
        spec.Mounts.OfType<Mount.OfVolume>().FirstOrDefault(mount => mount.Target == folder) is { } mount ? _volumes[mount.Volume] : null;

    private InMemoryWorkload Require(WorkloadId id) =>
        Find(id) ?? throw new NuaException(InMemoryProblems.WorkloadMissing(id));

    private InMemoryWorkload RequireRunning(WorkloadId id)
    {
        switch (Require(id))
        {
            case { Status: WorkloadStatus.Running } workload:
                return workload;
            case { Status: WorkloadStatus.Paused }:
                RefusedWhilePaused++;
                throw new NuaException(InMemoryProblems.WorkloadPaused(id));
            default:
                throw new NuaException(InMemoryProblems.WorkloadStopped(id));
        }
    }

    private bool IsOurs(Ownership owner) => owner.Server == _server;

    private InMemoryWorkload? Find(WorkloadId id) =>
        _workloads.GetValueOrDefault(id.Value) is { } workload && IsOurs(workload.Spec.Owner) ? workload : null;

    private void RefuseForeign(string kind, string name, Ownership? owner)
    {
        if (HasForeign(kind, name) || (owner is not null && !IsOurs(owner)))
        {
            throw new NuaException(InMemoryProblems.NameTaken(kind, name));
        }
    }

    private void RefuseTakenPorts(WorkloadSpec spec)
    {
        var taken = _workloads.Values
            .Where(other => other.Spec.Id != spec.Id && other.Status is not WorkloadStatus.Stopped)
            .SelectMany(other => other.Spec.Publish)
            .Select(port => port.Host);
        if (spec.Publish.Select(port => port.Host).Intersect(taken).ToList() is [var port, ..])
        {
            throw new NuaException(InMemoryProblems.PortTaken(port));
        }
    }

    private void Note(string member, string target)
    {
        _calls.Enqueue($"{member} {target}");
        FailIfAsked(member, target);
    }

    private void FailIfAsked(string member, string target)
    {
        var failure = _failures.Find(failure => failure.Member == member && (failure.Target is null || failure.Target == target));
        if (failure.Problem is { } problem)
        {
            throw new NuaException(problem);
        }
    }
}
