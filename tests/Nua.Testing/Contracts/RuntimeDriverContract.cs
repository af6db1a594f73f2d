using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Testing.Contracts;

/// <summary>What every runtime driver promises. A new driver is done when a subclass of this is green.</summary>
public abstract partial class RuntimeDriverContract : IAsyncLifetime
{
    /// <summary>A reference no engine has, and no registry either.</summary>
    protected const string AbsentImage = "nua-test/absent:0";

    private static readonly string[] Kinds = ["container", "network", "volume"];

    private readonly string _name = $"nua-test-{Guid.NewGuid():N}";

    protected abstract IRuntimeDriver Runtime { get; }

    /// <summary>An image that holds a shell's usual tools.</summary>
    protected abstract string Image { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The owner of all that a test makes; no two tests have the same.</summary>
    protected Ownership Owner => new(_name, InstanceName.Parse("contract"), "op-1", "app");

    protected WorkloadSpec Sleeper => new()
    {
        Id = new WorkloadId(_name),
        Owner = Owner,
        Image = Image,
        Command = ["sleep", "600"],
    };

    private WorkloadSpec Keeper => Sleeper with { Mounts = [new Mount.OfVolume(_name, "/data")] };

    /// <summary>Not every driver can hold a workload still.</summary>
    private IWorkloadPauser Pauser
    {
        get
        {
            Assert.SkipUnless(Runtime is IWorkloadPauser, "The driver cannot pause.");
            return (IWorkloadPauser)Runtime;
        }
    }

    private NetworkSpec Network => new(_name, Owner);

    private VolumeSpec Volume => new(_name, Owner);

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        var inventory = await Runtime.ListAsync(CancellationToken.None);
        foreach (var workload in inventory.Workloads)
        {
            await Runtime.RemoveAsync(workload.Id, CancellationToken.None);
        }

        foreach (var network in inventory.Networks)
        {
            await Runtime.RemoveNetworkAsync(network.Name, CancellationToken.None);
        }

        foreach (var volume in inventory.Volumes)
        {
            await Runtime.RemoveVolumeAsync(volume.Name, CancellationToken.None);
        }

        foreach (var kind in Kinds)
        {
            await RemoveForeignAsync(kind, _name);
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_started_workload_runs_and_can_be_reached()
    {
        var started = await Runtime.StartAsync(Sleeper, Cancellation);

        Assert.Equal(
            (Sleeper.Id, Owner, WorkloadStatus.Running, Image, null, false, 0),
            (started.Id, started.Owner, started.Status, started.Image, started.ExitCode, started.OutOfMemory, started.Restarts));
        Assert.True(IPAddress.TryParse(started.Address, out _));
        Assert.NotNull(started.StartedAt);
        Assert.Equal(started, await Runtime.FindAsync(Sleeper.Id, Cancellation));
    }

    [Fact]
    public async Task Starting_what_already_runs_changes_nothing()
    {
        var first = await Runtime.StartAsync(Sleeper, Cancellation);
        var second = await Runtime.StartAsync(Sleeper, Cancellation);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Another_operation_that_starts_the_same_spec_does_not_replace_it()
    {
        var first = await Runtime.StartAsync(Sleeper, Cancellation);
        var second = await Runtime.StartAsync(Sleeper with { Owner = Owner with { Operation = "op-2" } }, Cancellation);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_workload_made_from_another_spec_is_replaced()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        await Runtime.StartAsync(Sleeper with { Environment = Variables("COLOUR", "blue") }, Cancellation);

        var outcome = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("env"), Cancellation);

        Assert.Contains("COLOUR=blue\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_workload_keeps_its_container_and_starts_again()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        await Runtime.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        await Runtime.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        var stopped = await Runtime.FindAsync(Sleeper.Id, Cancellation);

        var again = await Runtime.StartAsync(Sleeper, Cancellation);

        Assert.Equal((WorkloadStatus.Stopped, null), (stopped?.Status, stopped?.Address));
        Assert.NotNull(stopped?.ExitCode);
        Assert.Equal(WorkloadStatus.Running, again.Status);
    }

    [Fact]
    public async Task A_paused_workload_is_held_still_until_it_is_started_and_keeps_what_it_has_in_memory()
    {
        var pauser = Pauser;
        var started = await Runtime.StartAsync(Sleeper, Cancellation);

        await pauser.PauseAsync(Sleeper.Id, Cancellation);
        await pauser.PauseAsync(Sleeper.Id, Cancellation);
        var paused = await Runtime.FindAsync(Sleeper.Id, Cancellation);
        var again = await Runtime.StartAsync(Sleeper, Cancellation);

        Assert.Equal((WorkloadStatus.Paused, started.Address, null), (paused!.Status, paused.Address, paused.ExitCode));
        Assert.Equal(started, again);
    }

    [Fact]
    public async Task A_paused_workload_takes_no_command_until_it_is_let_go_on()
    {
        var pauser = Pauser;
        var started = await Runtime.StartAsync(Sleeper, Cancellation);
        await pauser.PauseAsync(Sleeper.Id, Cancellation);

        var refusal = await FailureAsync(() => Runtime.ExecAsync(Sleeper.Id, new ExecCommand("true"), Cancellation));
        await pauser.ResumeAsync(Sleeper.Id, Cancellation);
        await pauser.ResumeAsync(Sleeper.Id, Cancellation);

        Assert.Equal("runtime.workload-paused", refusal.Code);
        Assert.Equal(started, await Runtime.FindAsync(Sleeper.Id, Cancellation));
        Assert.True((await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("true"), Cancellation)).Succeeded);
    }

    [Fact]
    public async Task A_paused_workload_can_be_stopped_and_removed()
    {
        var pauser = Pauser;
        await Runtime.StartAsync(Sleeper, Cancellation);
        await pauser.PauseAsync(Sleeper.Id, Cancellation);

        await Runtime.StopAsync(Sleeper.Id, TimeSpan.FromSeconds(1), Cancellation);
        var stopped = await Runtime.FindAsync(Sleeper.Id, Cancellation);
        await Runtime.StartAsync(Sleeper, Cancellation);
        await pauser.PauseAsync(Sleeper.Id, Cancellation);
        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);

        Assert.Equal(WorkloadStatus.Stopped, stopped!.Status);
        Assert.Null(await Runtime.FindAsync(Sleeper.Id, Cancellation));
    }

    [Fact]
    public async Task Pausing_what_does_not_run_changes_nothing()
    {
        var pauser = Pauser;
        await pauser.PauseAsync(Sleeper.Id, Cancellation);
        await Runtime.StartAsync(Sleeper, Cancellation);
        await Runtime.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        await pauser.PauseAsync(Sleeper.Id, Cancellation);
        await pauser.ResumeAsync(Sleeper.Id, Cancellation);

        Assert.Equal(WorkloadStatus.Stopped, (await Runtime.FindAsync(Sleeper.Id, Cancellation))!.Status);
    }

    [Fact]
    public async Task What_is_absent_is_found_nowhere_and_stops_and_goes_without_a_word()
    {
        await Runtime.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);
        await Runtime.RemoveNetworkAsync(_name, Cancellation);
        await Runtime.RemoveVolumeAsync(_name, Cancellation);

        Assert.Null(await Runtime.FindAsync(Sleeper.Id, Cancellation));
    }

    [Fact]
    public async Task Removing_takes_the_workload_away()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);
        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);

        Assert.Null(await Runtime.FindAsync(Sleeper.Id, Cancellation));
    }

    [Fact]
    public async Task What_a_volume_holds_outlives_a_restart_and_the_workload()
    {
        await Runtime.EnsureVolumeAsync(Volume, Cancellation);
        await Runtime.StartAsync(Keeper, Cancellation);
        await Runtime.ExecAsync(Keeper.Id, new ExecCommand("mkdir", "/data/kept"), Cancellation);

        await Runtime.StopAsync(Keeper.Id, TimeSpan.Zero, Cancellation);
        await Runtime.StartAsync(Keeper, Cancellation);
        var afterRestart = await Runtime.ExecAsync(Keeper.Id, new ExecCommand("ls", "/data"), Cancellation);
        await Runtime.RemoveAsync(Keeper.Id, Cancellation);
        await Runtime.EnsureVolumeAsync(Volume, Cancellation);
        await Runtime.StartAsync(Keeper, Cancellation);
        var afterRemoval = await Runtime.ExecAsync(Keeper.Id, new ExecCommand("ls", "/data"), Cancellation);

        Assert.Equal(["kept\n", "kept\n"], [afterRestart.Output, afterRemoval.Output]);
    }

    [Fact]
    public async Task A_removed_volume_is_empty_when_it_is_made_again()
    {
        await Runtime.EnsureVolumeAsync(Volume, Cancellation);
        await Runtime.StartAsync(Keeper, Cancellation);
        await Runtime.ExecAsync(Keeper.Id, new ExecCommand("mkdir", "/data/gone"), Cancellation);

        await Runtime.RemoveAsync(Keeper.Id, Cancellation);
        await Runtime.RemoveVolumeAsync(_name, Cancellation);
        await Runtime.EnsureVolumeAsync(Volume, Cancellation);
        await Runtime.StartAsync(Keeper, Cancellation);

        Assert.Equal(new ExecOutcome(0, "", ""), await Runtime.ExecAsync(Keeper.Id, new ExecCommand("ls", "/data"), Cancellation));
    }

    [Fact]
    public async Task The_inventory_lists_all_that_a_server_has_and_nothing_of_others()
    {
        await Runtime.EnsureNetworkAsync(Network, Cancellation);
        await Runtime.EnsureNetworkAsync(Network, Cancellation);
        await Runtime.EnsureVolumeAsync(Volume with { Owner = Owner with { Role = "data" } }, Cancellation);
        await Runtime.StartAsync(Keeper with { Network = _name, Aliases = ["keeper"] }, Cancellation);

        var mine = await Runtime.ListAsync(Cancellation);
        var others = await RuntimeOf(_name + "-other").ListAsync(Cancellation);

        Assert.Equal((Keeper.Id, Owner), Assert.Single(mine.Workloads.Select(workload => (workload.Id, workload.Owner))));
        Assert.Equal(new OwnedObject(_name, Owner), Assert.Single(mine.Networks));
        Assert.Equal(new OwnedObject(_name, Owner with { Role = "data" }), Assert.Single(mine.Volumes));
        Assert.Equal((0, 0, 0), (others.Workloads.Count, others.Networks.Count, others.Volumes.Count));
    }

    [Fact]
    public async Task A_network_goes_when_its_workloads_have_gone()
    {
        await Runtime.EnsureNetworkAsync(Network, Cancellation);
        await Runtime.StartAsync(Sleeper with { Network = _name }, Cancellation);
        var inUse = await FailureAsync(() => Runtime.RemoveNetworkAsync(_name, Cancellation));

        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);
        await Runtime.RemoveNetworkAsync(_name, Cancellation);

        Assert.Equal("runtime.refused", inUse.Code);
        Assert.Empty((await Runtime.ListAsync(Cancellation)).Networks);
    }

    /// <summary>Labels that come near those of this server.</summary>
    private Dictionary<string, string> LabelsLike(string nearness)
    {
        var ours = new Dictionary<string, string>
        {
            ["rocks.nua.server"] = _name,
            ["rocks.nua.instance"] = "contract",
            ["rocks.nua.operation"] = "op-1",
            ["rocks.nua.role"] = "app",
        };
        switch (nearness)
        {
            case "none":
                return [];
            case "another server":
                ours["rocks.nua.server"] = _name + "-other";
                break;
            case "no instance":
                ours.Remove("rocks.nua.instance");
                break;
            case "no operation":
                ours.Remove("rocks.nua.operation");
                break;
            case "an impossible instance":
                ours["rocks.nua.instance"] = "../Contract!";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(nearness));
        }

        return ours;
    }

    [Theory]
    [InlineData("none")]
    [InlineData("another server")]
    [InlineData("no instance")]
    [InlineData("no operation")]
    [InlineData("an impossible instance")]
    public async Task Foreign_objects_keep_their_names_and_are_never_touched(string nearness)
    {
        foreach (var kind in Kinds)
        {
            await MakeForeignAsync(kind, _name, LabelsLike(nearness));
        }

        var refusals = new[]
        {
            await FailureAsync(() => Runtime.StartAsync(Sleeper, Cancellation)),
            await FailureAsync(() => Runtime.EnsureNetworkAsync(Network, Cancellation)),
            await FailureAsync(() => Runtime.EnsureVolumeAsync(Volume, Cancellation)),
        };
        await Runtime.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        await Runtime.RemoveAsync(Sleeper.Id, Cancellation);
        await Runtime.RemoveNetworkAsync(_name, Cancellation);
        await Runtime.RemoveVolumeAsync(_name, Cancellation);

        Assert.All(refusals, refusal => Assert.Equal("runtime.name-taken", refusal.Code));
        Assert.Null(await Runtime.FindAsync(Sleeper.Id, Cancellation));
        var inventory = await Runtime.ListAsync(Cancellation);
        Assert.Equal((0, 0, 0), (inventory.Workloads.Count, inventory.Networks.Count, inventory.Volumes.Count));
        foreach (var kind in Kinds)
        {
            Assert.True(await HasForeignAsync(kind, _name), kind);
        }
    }

    [Fact]
    public async Task What_another_server_made_is_foreign_too()
    {
        await Runtime.EnsureNetworkAsync(Network, Cancellation);
        await Runtime.EnsureVolumeAsync(Volume, Cancellation);
        var started = await Runtime.StartAsync(Sleeper, Cancellation);
        var other = RuntimeOf("other");

        var refusal = await FailureAsync(
            () => other.StartAsync(Sleeper with { Owner = Owner with { Server = "other" } }, Cancellation));
        await other.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        await other.RemoveAsync(Sleeper.Id, Cancellation);
        await other.RemoveNetworkAsync(_name, Cancellation);
        await other.RemoveVolumeAsync(_name, Cancellation);
        var unseen = await FailureAsync(() => other.ExecAsync(Sleeper.Id, new ExecCommand("true"), Cancellation));

        Assert.Equal(("runtime.name-taken", "runtime.workload-missing"), (refusal.Code, unseen.Code));
        Assert.Contains(_name, refusal.Message, StringComparison.Ordinal);
        Assert.Null(await other.FindAsync(Sleeper.Id, Cancellation));
        Assert.Equal(started, await Runtime.FindAsync(Sleeper.Id, Cancellation));
        var inventory = await Runtime.ListAsync(Cancellation);
        Assert.Equal((1, 1), (inventory.Networks.Count, inventory.Volumes.Count));
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_named_and_leaves_no_workload()
    {
        var refusal = await FailureAsync(() => Runtime.StartAsync(Sleeper with { Image = AbsentImage }, Cancellation));

        Assert.Equal("runtime.image-missing", refusal.Code);
        Assert.Contains(AbsentImage, refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await Runtime.ListAsync(Cancellation)).Workloads);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_leaves_no_workload()
    {
        var port = FreePort();
        var second = Sleeper with { Id = new WorkloadId($"{_name}-2"), Publish = [new PublishedPort(80, port)] };
        await Runtime.StartAsync(Sleeper with { Publish = [new PublishedPort(80, port)] }, Cancellation);

        var refusal = await FailureAsync(() => Runtime.StartAsync(second, Cancellation));

        Assert.Equal("runtime.port-taken", refusal.Code);
        Assert.Contains($"{port}", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await Runtime.FindAsync(second.Id, Cancellation));
    }

    [Fact]
    public async Task What_a_workload_uses_is_told_while_it_runs()
    {
        Assert.SkipUnless(Runtime is IWorkloadMeter, "The driver cannot tell what a workload uses.");
        var meter = (IWorkloadMeter)Runtime;
        var absent = await meter.MeasureAsync(Sleeper.Id, Cancellation);
        await Runtime.StartAsync(Sleeper with { Limits = new Limits(MemoryBytes: 64 << 20) }, Cancellation);

        var use = await meter.MeasureAsync(Sleeper.Id, Cancellation);
        var unseen = await ((IWorkloadMeter)RuntimeOf("other")).MeasureAsync(Sleeper.Id, Cancellation);
        await Runtime.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        var stopped = await meter.MeasureAsync(Sleeper.Id, Cancellation);

        Assert.Equal((null, null, null), (absent, unseen, stopped));
        Assert.Equal(64 << 20, use!.MemoryAllowedBytes);
        Assert.InRange(use.MemoryBytes, 1, 64 << 20);
        Assert.InRange(use.Processor, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        Assert.InRange(use.Processes, 1, 20);
    }

    [Fact]
    public async Task A_command_runs_inside_and_its_output_comes_back()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);

        var outcome = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("echo", "it's", "alive"), Cancellation);

        Assert.Equal(new ExecOutcome(0, "it's alive\n", ""), outcome);
    }

    [Fact]
    public async Task A_command_that_fails_is_an_outcome_not_an_exception()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);

        var silent = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("false"), Cancellation);
        var loud = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("ls", "/no-such"), Cancellation);

        Assert.Equal(new ExecOutcome(1, "", ""), silent);
        Assert.Equal((false, ""), (loud.Succeeded, loud.Output));
        Assert.Contains("/no-such", loud.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_an_outcome_too()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);

        var outcome = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("no-such-program"), Cancellation);

        Assert.NotEqual(0, outcome.ExitCode);
    }

    [Fact]
    public async Task A_command_needs_a_workload_that_runs()
    {
        var absent = await FailureAsync(() => Runtime.ExecAsync(Sleeper.Id, new ExecCommand("true"), Cancellation));
        await Runtime.StartAsync(Sleeper, Cancellation);
        await Runtime.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        var stopped = await FailureAsync(() => Runtime.ExecAsync(Sleeper.Id, new ExecCommand("true"), Cancellation));

        Assert.Equal(["runtime.workload-missing", "runtime.workload-stopped"], [absent.Code, stopped.Code]);
    }

    [Fact]
    public async Task Secrets_reach_the_workload_and_no_inspector()
    {
        var spec = Sleeper with { Secrets = Secrets("TOKEN", "s3same-öffne-dich"), Environment = Variables("COLOUR", "blue") };
        await Runtime.StartAsync(spec, Cancellation);

        var file = await Runtime.ExecAsync(spec.Id, new ExecCommand("cat", WorkloadSpec.SecretsFile), Cancellation);
        var variable = await Runtime.ExecAsync(
            spec.Id, new ExecCommand("env") { Secrets = Secrets("TOKEN", "of-exec") }, Cancellation);

        using var json = JsonDocument.Parse(file.Output);
        Assert.Equal("s3same-öffne-dich", json.RootElement.GetProperty("TOKEN").GetString());
        Assert.Contains("TOKEN=of-exec\n", variable.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3same", await InspectAsTextAsync(spec.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewed_secrets_are_there_for_the_next_start_and_what_runs_goes_on()
    {
        var renewed = Sleeper with { Secrets = Secrets("TOKEN", "new") };
        var before = await Runtime.StartAsync(Sleeper with { Secrets = Secrets("TOKEN", "old") }, Cancellation);

        await Runtime.RenewSecretsAsync(renewed, Cancellation);
        var after = await Runtime.StartAsync(renewed, Cancellation);

        Assert.Equal((before.StartedAt, before.Address), (after.StartedAt, after.Address));
        Assert.Contains("new", (await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("cat", WorkloadSpec.SecretsFile), Cancellation)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_s_secrets_can_be_renewed_without_anything_coming_of_it()
    {
        await Runtime.RenewSecretsAsync(Sleeper with { Secrets = Secrets("TOKEN", "new") }, Cancellation);

        Assert.Null(await Runtime.FindAsync(Sleeper.Id, Cancellation));
    }

    [Fact]
    public async Task Other_secrets_replace_the_workload()
    {
        await Runtime.StartAsync(Sleeper with { Secrets = Secrets("TOKEN", "old") }, Cancellation);
        await Runtime.StartAsync(Sleeper with { Secrets = Secrets("TOKEN", "new") }, Cancellation);

        var file = await Runtime.ExecAsync(Sleeper.Id, new ExecCommand("cat", WorkloadSpec.SecretsFile), Cancellation);

        Assert.Equal("""{"TOKEN":"new"}""", file.Output);
    }

    [Fact]
    public async Task The_log_has_both_streams_in_lines_with_their_times()
    {
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await Runtime.StartAsync(Talker, Cancellation);

        var lines = await LogAsync(3);

        Assert.Equal(["first", "second"], lines.Where(line => !line.IsError).Select(line => line.Text));
        Assert.Equal(["trouble"], lines.Where(line => line.IsError).Select(line => line.Text));
        Assert.All(lines, line => Assert.InRange(line.At, before, before.AddMinutes(5)));
    }

    [Fact]
    public async Task The_end_of_a_log_can_be_asked_for()
    {
        await Runtime.StartAsync(Talker, Cancellation);
        await LogAsync(3);

        var tail = await Runtime.ReadLogAsync(Talker.Id, new LogRequest(Tail: 2), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(2, tail.Count);
    }

    [Fact]
    public async Task Following_a_log_ends_when_it_is_cancelled()
    {
        await Runtime.StartAsync(Talker, Cancellation);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var line in Runtime.ReadLogAsync(Talker.Id, new LogRequest(Follow: true), enough.Token))
            {
                seen++;
                if (seen == 3)
                {
                    enough.CancelAfter(TimeSpan.FromMilliseconds(50));
                }
            }
        });

        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task The_log_of_what_is_absent_is_a_problem()
    {
        var missing = await FailureAsync(() => Runtime.ReadLogAsync(Sleeper.Id, new LogRequest(), Cancellation).ToListAsync(Cancellation).AsTask());

        Assert.Equal("runtime.workload-missing", missing.Code);
    }

    [Fact]
    public async Task The_engine_says_who_it_is()
    {
        Assert.NotEmpty(await Runtime.PingAsync(Cancellation));
    }

    /// <summary>The driver of another server on the same engine.</summary>
    protected abstract IRuntimeDriver RuntimeOf(string server);

    /// <summary>Makes a container, network or volume behind the driver's back.</summary>
    protected abstract Task MakeForeignAsync(string kind, string name, IReadOnlyDictionary<string, string> labels);

    protected abstract Task<bool> HasForeignAsync(string kind, string name);

    /// <summary>Removes what <see cref="MakeForeignAsync"/> made, if it did.</summary>
    protected abstract Task RemoveForeignAsync(string kind, string name);

    /// <summary>All that the engine tells of the workload to anybody who may ask it.</summary>
    protected abstract Task<string> InspectAsTextAsync(WorkloadId id);

    protected static async Task<Problem> FailureAsync(Func<Task> action) =>
        (await Assert.ThrowsAsync<NuaException>(action)).Problem;

    protected static IReadOnlyDictionary<string, Secret> Secrets(string name, string value) =>
        new Dictionary<string, Secret> { [name] = new(value) };

    private static Dictionary<string, string> Variables(string name, string value) => new() { [name] = value };

    private WorkloadSpec Talker => Sleeper with { Command = ["sh", "-c", "echo first; echo trouble >&2; echo second; sleep 600"] };

    private async Task<List<LogLine>> LogAsync(int lines) =>
        await Runtime.ReadLogAsync(Sleeper.Id, new LogRequest(Follow: true), Cancellation).Take(lines).ToListAsync(Cancellation);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
