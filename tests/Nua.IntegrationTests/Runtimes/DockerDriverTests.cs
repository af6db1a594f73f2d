using System.Text.Json;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Runtimes;
using Nua.Testing;
using Nua.Testing.Contracts;
using Xunit;

namespace Nua.IntegrationTests.Runtimes;

public sealed class DockerDriverTests : RuntimeDriverContract
{
    private const string Socket = DockerCommand.Socket;

    private readonly DirectoryInfo _secrets = new(Path.Combine("/dev/shm", $"nua-test-{Guid.NewGuid():N}"));
    private readonly DockerDriver _docker;
    private DockerDriver? _other;

    public DockerDriverTests() => _docker = NewDriver(Owner.Server);

    protected override IRuntimeDriver Runtime => _docker;

    private async Task<int> PingAsync(string from, string to) =>
        (await Runtime.ExecAsync(new WorkloadId(from), new ExecCommand("ping", "-c", "1", "-W", "2", to), Cancellation)).ExitCode;

    protected override string Image => TinyImage.Name;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _docker.Dispose();
        _other?.Dispose();
        if (_secrets.Exists)
        {
            _secrets.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_engine_that_is_down_says_where_it_looked_and_how_to_start_it()
    {
        using var nowhere = new DockerDriver("/run/nua-test-no-such.sock", _secrets.FullName, Owner.Server);

        var refusal = await FailureAsync(() => nowhere.FindAsync(new WorkloadId("any"), Cancellation));

        Assert.Equal("runtime.unreachable", refusal.Code);
        Assert.Contains("/run/nua-test-no-such.sock", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("sudo systemctl start docker", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_runs_nothing_that_the_path_of_the_app_leads_to()
    {
        var talker = Assert.IsType<ILiveExec>(Runtime, exactMatch: false);
        await Runtime.StartAsync(Sleeper with { Mounts = [new Mount.OfVolume(Owner.Server, "/data")] }, Cancellation);
        foreach (var program in new[] { "sleep", "kill" })
        {
            var write = new ExecCommand("/bin/sh", "-c", $"printf '#!/bin/sh\necho {program} >> /data/ran\n' > /data/{program}; chmod +x /data/{program}");
            Assert.True((await Runtime.ExecAsync(Sleeper.Id, write, Cancellation)).Succeeded);
        }

        var idle = Sleeper with
        {
            Id = new WorkloadId($"{Sleeper.Id}-idle"),
            IsIdle = true,
            Command = [],
            Environment = new Dictionary<string, string> { ["PATH"] = "/data" },
            Mounts = [new Mount.OfVolume(Owner.Server, "/data")],
        };
        await Runtime.StartAsync(idle, Cancellation);
        await Eventually.TrueAsync(
            async () => (await Runtime.ExecAsync(idle.Id, new ExecCommand("/bin/ps"), Cancellation)).Output.Contains("sleep 3600", StringComparison.Ordinal),
            Cancellation,
            TimeSpan.FromSeconds(10));
        await using (var session = await talker.OpenExecAsync(idle.Id, new ExecCommand("/bin/sleep", "500"), terminal: null, Cancellation))
        {
            await session.EndAsync(TimeSpan.FromSeconds(5), Cancellation);
        }

        Assert.Equal("/data/kill\n/data/sleep\n", (await Runtime.ExecAsync(idle.Id, new ExecCommand("/bin/sh", "-c", "/bin/ls /data/*"), Cancellation)).Output);
    }

    [Fact]
    public async Task Containers_carry_their_owner_and_their_bounds()
    {
        var spec = Sleeper with { Limits = new Limits(MemoryBytes: 64 << 20, Cpus: 0.5, Processes: 30) };
        await Runtime.StartAsync(spec, Cancellation);

        using var json = JsonDocument.Parse(await InspectAsTextAsync(spec.Id));
        var host = json.RootElement[0].GetProperty("HostConfig");
        var labels = json.RootElement[0].GetProperty("Config").GetProperty("Labels");

        Assert.Equal(
            (Owner.Server, "contract", "op-1", "app"),
            (Label("server"), Label("instance"), Label("operation"), Label("role")));
        Assert.Equal(
            (64L << 20, 500_000_000L, 30L, "unless-stopped", "json-file", "10m", "3", "no-new-privileges"),
            (host.GetProperty("Memory").GetInt64(),
            host.GetProperty("NanoCpus").GetInt64(),
            host.GetProperty("PidsLimit").GetInt64(),
            host.GetProperty("RestartPolicy").GetProperty("Name").GetString(),
            host.GetProperty("LogConfig").GetProperty("Type").GetString(),
            host.GetProperty("LogConfig").GetProperty("Config").GetProperty("max-size").GetString(),
            host.GetProperty("LogConfig").GetProperty("Config").GetProperty("max-file").GetString(),
            host.GetProperty("SecurityOpt")[0].GetString()));

        string? Label(string name) => labels.GetProperty($"rocks.nua.{name}").GetString();
    }

    [Fact]
    public async Task Workloads_of_one_network_reach_each_other_by_alias()
    {
        await Runtime.EnsureNetworkAsync(new NetworkSpec(Owner.Server, Owner, Internal: true), Cancellation);
        await Runtime.StartAsync(Sleeper with { Network = Owner.Server, Aliases = ["database"] }, Cancellation);
        var other = await Runtime.StartAsync(Other with { Network = Owner.Server }, Cancellation);

        var outcome = await Runtime.ExecAsync(other.Id, new ExecCommand("ping", "-c", "1", "-W", "5", "database"), Cancellation);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task A_guest_is_reached_by_its_name_in_each_network_and_leads_nobody_from_one_to_another()
    {
        List<string> networks = [$"{Owner.Server}-one", $"{Owner.Server}-two"];
        await Runtime.StartAsync(Sleeper, Cancellation);
        foreach (var network in networks)
        {
            await Runtime.EnsureNetworkAsync(new NetworkSpec(network, Owner), Cancellation);
            await Runtime.StartAsync(Other with { Id = new WorkloadId($"{network}-app"), Network = network }, Cancellation);
            await _docker.JoinAsync(Sleeper.Id, network, ["before"], Cancellation);
            await _docker.JoinAsync(Sleeper.Id, network, ["database"], Cancellation);
        }

        foreach (var (network, other) in networks.Zip(networks.AsEnumerable().Reverse()))
        {
            Assert.Equal(0, await PingAsync($"{network}-app", "database"));
            Assert.NotEqual(0, await PingAsync($"{network}-app", "before"));
            Assert.NotEqual(0, await PingAsync($"{network}-app", $"{other}-app"));
            Assert.NotEqual(0, await PingAsync($"{network}-app", (await Runtime.FindAsync(new WorkloadId($"{other}-app"), Cancellation))!.Address!));
        }
    }

    [Fact]
    public async Task After_a_reboot_secrets_are_written_again_and_the_same_container_starts()
    {
        var spec = Sleeper with { Secrets = Secrets("TOKEN", "s3same") };
        await Runtime.StartAsync(spec, Cancellation);
        var container = await IdAsync(spec.Id);
        await Runtime.StopAsync(spec.Id, TimeSpan.Zero, Cancellation);
        _secrets.Delete(recursive: true);

        await Runtime.StartAsync(spec, Cancellation);
        var file = await Runtime.ExecAsync(spec.Id, new ExecCommand("cat", WorkloadSpec.SecretsFile), Cancellation);

        Assert.Equal("""{"TOKEN":"s3same"}""", file.Output);
        Assert.Equal(container, await IdAsync(spec.Id));
    }

    [Fact]
    public async Task The_secrets_file_is_for_root_alone_and_goes_with_the_workload()
    {
        var spec = Sleeper with { Secrets = Secrets("TOKEN", "s3same") };
        await Runtime.StartAsync(spec, Cancellation);
        var onHost = Path.Combine(_secrets.FullName, spec.Id.Value, "secrets.json");

        var stranger = await Runtime.ExecAsync(
            spec.Id, new ExecCommand("cat", WorkloadSpec.SecretsFile) { User = "1000:1000" }, Cancellation);
        var writer = await Runtime.ExecAsync(spec.Id, new ExecCommand("touch", "/run/nua/more"), Cancellation);
        var mode = File.GetUnixFileMode(onHost);
        await Runtime.RemoveAsync(spec.Id, Cancellation);

        Assert.Equal(UnixFileMode.UserRead, mode);
        Assert.False(stranger.Succeeded);
        Assert.False(writer.Succeeded);
        Assert.False(Directory.Exists(Path.GetDirectoryName(onHost)));
    }

    [Fact]
    public async Task A_secrets_folder_on_a_disk_is_replaced_by_one_in_memory()
    {
        var onDisk = Directory.CreateTempSubdirectory("nua-test-");
        using var docker = new DockerDriver(Socket, onDisk.FullName, Owner.Server);
        await docker.StartAsync(Sleeper with { Secrets = Secrets("TOKEN", "s3same") }, Cancellation);

        var mounted = await DockerCommand.RunAsync("inspect", "--format", "{{(index .Mounts 0).Source}}", Sleeper.Id.Value);
        var leftOnDisk = onDisk.EnumerateFileSystemInfos().Count();
        await docker.RemoveAsync(Sleeper.Id, Cancellation);
        onDisk.Delete();
        Directory.Delete(Path.GetDirectoryName(mounted.Trim())!);

        Assert.StartsWith("/dev/shm/nua-", mounted, StringComparison.Ordinal);
        Assert.Equal(0, leftOnDisk);
    }

    [Fact]
    public async Task Memory_has_the_size_and_the_mode_that_were_asked_for()
    {
        await Runtime.StartAsync(Sleeper with { Mounts = [new Mount.OfMemory("/memory", SizeBytes: 8 << 20, Mode: 0b1_111_111_000)] }, Cancellation);

        var blocks = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("df", "-P", "-k", "/memory"), Cancellation);
        var mode = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("stat", "-c", "%a", "/memory"), Cancellation);
        var tooMuch = await Runtime.ExecAsync(
            Sleeper.Id, new ExecCommand("dd", "if=/dev/zero", "of=/memory/file", "bs=1024k", "count=9"), Cancellation);

        Assert.Equal(["tmpfs", "8192"], blocks.Output.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2));
        Assert.Equal("1770", mode.Output.Trim());
        Assert.Contains("No space left on device", tooMuch.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_read_only_cannot_be_written_by_anybody_in_the_container()
    {
        var folder = Directory.CreateTempSubdirectory("nua-read-only-");
        var volume = $"{Owner.Server}_read-only";
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "there"), "before", Cancellation);
        await Runtime.EnsureVolumeAsync(new VolumeSpec(volume, Owner), Cancellation);
        await Runtime.StartAsync(
            Sleeper with
            {
                Mounts = [new Mount.OfVolume(volume, "/volume", ReadOnly: true), new Mount.OfDirectory(folder.FullName, "/folder", ReadOnly: true)],
            },
            Cancellation);

        foreach (var file in new[] { "/volume/file", "/folder/there" })
        {
            var written = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("sh", "-c", $"echo after > {file}"), Cancellation);
            Assert.Contains("Read-only file system", written.Error, StringComparison.Ordinal);
        }

        var read = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("cat", "/folder/there"), Cancellation);
        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);
        await Runtime.RemoveVolumeAsync(volume, Cancellation);
        folder.Delete(recursive: true);
        Assert.Equal("before", read.Output);
    }

    /// <summary>As it is installed, the engine has some thirty ranges of addresses for networks.</summary>
    [Fact]
    public async Task There_are_more_networks_than_the_engine_has_ranges_for()
    {
        var names = Enumerable.Range(1, 40).Select(number => $"{Owner.Server}_many-{number}").ToList();
        try
        {
            foreach (var name in names)
            {
                await Runtime.EnsureNetworkAsync(new NetworkSpec(name, Owner), Cancellation);
            }

            var made = (await Runtime.ListAsync(Cancellation)).Networks.Select(network => network.Name);
            Assert.Empty(names.Except(made));
        }
        finally
        {
            foreach (var name in names)
            {
                await Runtime.RemoveNetworkAsync(name, CancellationToken.None);
            }
        }
    }

    [Fact]
    public async Task A_folder_of_the_host_that_is_missing_is_made()
    {
        var above = Directory.CreateTempSubdirectory("nua-missing-");
        var folder = Path.Combine(above.FullName, "a", "b");
        await Runtime.StartAsync(Sleeper with { Mounts = [new Mount.OfDirectory(folder, "/folder")] }, Cancellation);

        await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("touch", "/folder/file"), Cancellation);
        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);

        Assert.True(File.Exists(Path.Combine(folder, "file")));
        Assert.Equal((UnixFileMode)0b111_101_101, new DirectoryInfo(folder).UnixFileMode);
        above.Delete(recursive: true);
    }

    [Fact]
    public async Task A_volume_gets_the_options_of_its_driver_and_its_owners_labels()
    {
        var volume = $"{Owner.Server}_options";
        var options = new Dictionary<string, string> { ["type"] = "tmpfs", ["device"] = "tmpfs", ["o"] = "size=4m,mode=0700" };
        await Runtime.EnsureVolumeAsync(new VolumeSpec(volume, Owner, "local", options), Cancellation);
        await Runtime.StartAsync(Sleeper with { Mounts = [new Mount.OfVolume(volume, "/volume")] }, Cancellation);

        var blocks = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("df", "-P", "-k", "/volume"), Cancellation);
        var found = (await Runtime.ListAsync(Cancellation)).Volumes.Single(one => one.Name == volume);
        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);
        await Runtime.RemoveVolumeAsync(volume, Cancellation);

        Assert.Contains(" 4096 ", blocks.Output, StringComparison.Ordinal);
        Assert.Equal(Owner, found.Owner);
    }

    [Fact]
    public async Task A_port_some_other_program_has_is_named()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Any, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;

        var refusal = await FailureAsync(() => Runtime.StartAsync(Sleeper with { Publish = [new PublishedPort(80, port)] }, Cancellation));

        Assert.Equal("runtime.port-taken", refusal.Code);
        Assert.Contains($"sport = :{port}", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_over_its_memory_is_seen_as_such()
    {
        // Writing zeros into memory is the simplest way to use it up.
        var greedy = Sleeper with
        {
            Command = ["sh", "-c", "exec tail /dev/zero"],
            Limits = new Limits(MemoryBytes: 16 << 20),
            EngineOptions = new Dictionary<string, string> { ["memswap_limit"] = "\"16m\"" },
        };
        await Runtime.StartAsync(greedy, Cancellation);

        // It stays so until the engine starts it again, which it does after ever longer pauses.
        await Eventually.TrueAsync(async () => (await Runtime.FindAsync(greedy.Id, Cancellation))!.OutOfMemory, Cancellation);
    }

    [Fact]
    public async Task A_paused_workload_wakes_when_it_is_started()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        await DockerCommand.RunAsync("pause", Sleeper.Id.Value);
        var paused = await Runtime.FindAsync(Sleeper.Id, Cancellation);

        var woken = await Runtime.StartAsync(Sleeper, Cancellation);

        Assert.Equal((WorkloadStatus.Paused, WorkloadStatus.Running), (paused!.Status, woken.Status));
    }

    [Fact]
    public async Task The_start_of_a_containers_id_is_not_its_name()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        var id = await IdAsync(Sleeper.Id);

        Assert.Null(await Runtime.FindAsync(new WorkloadId(id[..12]), Cancellation));
    }

    [Fact]
    public async Task Lines_longer_than_the_engine_keeps_in_one_piece_come_back_whole()
    {
        var script = "head -c 40000 /dev/zero | tr '\\0' x; echo; echo end; sleep 600";
        await Runtime.StartAsync(Sleeper with { Command = ["sh", "-c", script] }, Cancellation);

        var lines = await Runtime.ReadLogAsync(Sleeper.Id, new LogRequest(Follow: true), Cancellation).Take(2).ToListAsync(Cancellation);

        Assert.Equal([new string('x', 40000), "end"], lines.Select(line => line.Text));
    }

    [Fact]
    public async Task Of_a_torrent_of_output_the_end_is_kept()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);

        var outcome = await Runtime.ExecAsync(
            Sleeper.Id, new ExecCommand("sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x; echo end"), Cancellation);

        Assert.Equal(1024 * 1024, outcome.Output.Length);
        Assert.EndsWith("xend\n", outcome.Output, StringComparison.Ordinal);
    }

    protected override IRuntimeDriver RuntimeOf(string server) => _other ??= NewDriver(server);

    protected override Task MakeForeignAsync(string kind, string name, IReadOnlyDictionary<string, string> labels)
    {
        IReadOnlyList<string> options = [.. labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" })];
        return kind == "container"
            ? DockerCommand.RunAsync(["run", "--detach", "--name", name, .. options, TinyImage.Name, "sleep", "600"])
            : DockerCommand.RunAsync([kind, "create", .. options, name]);
    }

    protected override async Task<bool> HasForeignAsync(string kind, string name) =>
        (await DockerCommand.TryAsync(kind, "inspect", name)).ExitCode == 0;

    protected override async Task RemoveForeignAsync(string kind, string name)
    {
        if (await HasForeignAsync(kind, name))
        {
            await DockerCommand.RunAsync([kind, "rm", .. kind == "container" ? ["--force"] : Array.Empty<string>(), name]);
        }
    }

    protected override Task<string> InspectAsTextAsync(WorkloadId id) => DockerCommand.RunAsync("inspect", id.Value);

    private WorkloadSpec Other => Sleeper with { Id = new WorkloadId($"{Sleeper.Id}-2") };

    private static async Task<string> IdAsync(WorkloadId id) =>
        (await DockerCommand.RunAsync("inspect", "--format", "{{.Id}}", id.Value)).Trim();

    private DockerDriver NewDriver(string server) => new(Socket, _secrets.FullName, server);
}
