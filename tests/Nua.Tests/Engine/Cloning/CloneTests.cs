using System.Net;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Cloning;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Operations;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Nua.Testing;
using Nua.Testing.Fakes;
using Nua.Tests.Engine.Commands;
using Nua.Tests.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Engine.Cloning;

/// <summary>A copy has the data and the secrets of its source, which notices nothing but a gap.</summary>
public sealed class CloneTests
{
    private const string CopyDomain = "copy.localhost";
    private static readonly InstanceName Copy = InstanceName.Parse("copy");
    private static readonly string[] Source = ["nua_notes_app_1", "nua_notes_database_1"];
    private static readonly string[] Both = ["nua_copy_app_1", "nua_copy_database_1", .. Source];
    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task It_has_the_data_and_the_kept_values_of_its_source()
    {
        await DeployAsync(_world);

        var ended = await CloneAsync(_world);

        Assert.Null(ended.Problem);
        Assert.Equal(Both, _world.Runtime.Running);
        Assert.Contains("written", await InAppAsync(_world, "ls", "/uploads"));
        Assert.Equal(await ValuesAsync(DeployWorld.Notes), await ValuesAsync(Copy));
        Assert.Equal(CopyDomain, _world.Gateway.RouteOf(CopyDomain)!.Domain);
        Assert.False(_world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
    }

    [Fact]
    public async Task It_has_what_the_operator_gave_its_source_and_had_made_anew()
    {
        await DeployAsync(_world);
        await _world.ConfigureAsync(["JSON=mine", "MY_TOKEN=given"]);
        Assert.Null((await _world.RotateAsync()).Problem);

        var ended = await CloneAsync(_world);

        Assert.Null(ended.Problem);
        var source = _world.Runtime.SpecOf(_world.Runtime.Running.Last(name => name.StartsWith("nua_notes_app", StringComparison.Ordinal)));
        var copy = _world.Runtime.SpecOf(Both[0]);
        Assert.Equal("mine", copy.Environment["JSON"]);
        Assert.Equal("given", copy.Secrets["MY_TOKEN"].Reveal());
        Assert.Equal(source.Secrets.Select(secret => (secret.Key, secret.Value.Reveal())), copy.Secrets.Select(secret => (secret.Key, secret.Value.Reveal())));
    }

    [Fact]
    public async Task The_source_is_held_still_while_its_data_is_copied_and_has_its_lock()
    {
        await DeployAsync(_world);
        var seen = new List<(int Running, bool Paused)>();
        Problem? locked = null;
        _world.Runtime.BeforeExecAsync = async (command, _) =>
        {
            if (command.Arguments[0] is "/bin/cp" && locked is null)
            {
                seen.Add((_world.Runtime.Running.Intersect(Source).Count(), _world.Gateway.RouteOf(DeployWorld.Domain)!.Paused));
                locked = (await Assert.ThrowsAsync<NuaException>(() => _world.Runner.StartAsync(
                    new StartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes), "somebody", Cancellation))).Problem;
            }
        };

        await CloneAsync(_world);

        Assert.Equal([(0, true)], seen);
        Assert.Equal("operation.locked", locked!.Code);
        Assert.Equal(Both, _world.Runtime.Running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_that_is_at_rest_is_copied_as_it_lies_and_stays_so(bool paused)
    {
        await DeployAsync(_world);
        await (paused
            ? _world.RunAsync(new PauseInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes))
            : _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes)));

        var ended = await CloneAsync(_world);

        Assert.Null(ended.Problem);
        Assert.Contains("\"gapMilliseconds\":0", ended.Result);
        Assert.Equal(Both[..2], _world.Runtime.Running);
        Assert.Contains("written", await InAppAsync(_world, "ls", "/uploads"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_starts_or_destroys_a_source_that_is_at_rest_while_its_data_is_copied(bool paused)
    {
        await DeployAsync(_world);
        await (paused
            ? _world.RunAsync(new PauseInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes))
            : _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes)));
        var codes = new List<string>();
        _world.Runtime.BeforeExecAsync = async (command, _) =>
        {
            if (command.Arguments[0] is "/bin/cp")
            {
                codes.Add(await RefusalAsync(new StartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes)));
                codes.Add(await RefusalAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true, AcceptDataLoss: true)));
            }
        };

        var ended = await CloneAsync(_world);
        _world.Runtime.BeforeExecAsync = (_, _) => Task.CompletedTask;
        var started = await _world.RunAsync(new StartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));

        Assert.Null(ended.Problem);
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Equal("operation.locked", code));
        Assert.Null(started.Problem);
    }

    [Theory]
    [InlineData(DesiredState.Started)]
    [InlineData(DesiredState.Stopped)]
    [InlineData(DesiredState.Paused)]
    public async Task Its_one_off_containers_are_held_still_and_go_on(DesiredState state)
    {
        await DeployAsync(_world);
        var oneOff = await OneOffAsync(_world);
        if (state is not DesiredState.Started)
        {
            await (state is DesiredState.Paused
                ? _world.RunAsync(new PauseInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes))
                : _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes)));
        }

        var held = new List<bool>();
        _world.Runtime.BeforeExecAsync = (command, _) =>
        {
            if (command.Arguments[0] is "/bin/cp")
            {
                held.Add(_world.Runtime.Paused.Contains(oneOff));
            }

            return Task.CompletedTask;
        };

        var ended = await CloneAsync(_world);

        Assert.Null(ended.Problem);
        Assert.NotEmpty(held);
        Assert.All(held, Assert.True);
        Assert.Contains(oneOff, _world.Runtime.Running);
    }

    [Fact]
    public async Task A_one_off_command_that_comes_meanwhile_begins_when_the_copy_is_made()
    {
        await DeployAsync(_world);
        var peer = new FakeConversation();
        var once = new RunOnce(_world.Seams, _world.Gate);
        OperationRecord? asked = null;
        var copying = new List<string>();
        _world.Runtime.BeforeExecAsync = async (command, _) =>
        {
            if (command.Arguments[0] is "/bin/cp")
            {
                if (asked is null)
                {
                    asked = await _world.Runner.StartAsync(
                        once, once.Take(DeployWorld.Notes, new CommandOrder(["echo", "once"]), peer), "somebody", Cancellation);
                    await Eventually.TrueAsync(async () => (await _world.Log.StepsAsync(asked.Id, Cancellation)).Count == 2, Cancellation);
                }

                copying.AddRange(_world.Runtime.Calls.Where(call => call.StartsWith("StartAsync nua_notes_run-", StringComparison.Ordinal)));
            }
        };

        var ended = await CloneAsync(_world);
        await _world.Runner.WhenIdleAsync();

        Assert.Null(ended.Problem);
        Assert.Empty(copying);
        Assert.Equal("once\n", peer.Output.ToString());
        Assert.Equal(OperationState.Succeeded, (await _world.Log.FindAsync(asked!.Id, Cancellation))!.State);
        Assert.Equal(Both, _world.Runtime.Running);
    }

    [Fact]
    public async Task A_command_whose_container_is_held_before_it_began_begins_later()
    {
        await DeployAsync(_world);
        var once = new RunOnce(_world.Seams, _world.Gate);
        var peer = new FakeConversation();
        Task<OperationRecord>? cloning = null;
        _world.Runtime.BeforeExecAsync = (command, _) => command.Arguments[0] is "/bin/cp"
            ? Eventually.TrueAsync(() => Task.FromResult(_world.Runtime.RefusedWhilePaused > 0), Cancellation)
            : Task.CompletedTask;
        _world.Log.AfterStepAsync = async step =>
        {
            if (step is { Name: "make a container for it", State: StepState.Done } && cloning is null)
            {
                cloning = CloneAsync(_world);
                await Eventually.TrueAsync(() => Task.FromResult(_world.Runtime.Paused.Any(name => name.Contains("_run-"))), Cancellation);
            }
        };

        var asked = await _world.Runner.StartAsync(
            once, once.Take(DeployWorld.Notes, new CommandOrder(["echo", "once"]), peer), "somebody", Cancellation);
        await Eventually.TrueAsync(() => Task.FromResult(cloning is not null), Cancellation);
        var ended = await cloning!;
        await _world.Runner.WhenIdleAsync();

        Assert.Null(ended.Problem);
        Assert.Null((await _world.Log.FindAsync(asked.Id, Cancellation))!.Problem);
        Assert.Equal("once\n", peer.Output.ToString());
    }

    [Fact]
    public async Task A_source_whose_volume_is_gone_is_refused_and_none_is_made_in_its_place()
    {
        await DeployAsync(_world);
        _world.Runtime.LoseVolume("nua_notes_uploads");
        var calls = _world.Runtime.Calls.Count;

        var ended = await CloneAsync(_world);

        Assert.Equal("clone.volume-gone", ended.Problem!.Code);
        Assert.Contains("nua_notes_uploads", ended.Problem.Message);
        Assert.Equal(calls, _world.Runtime.Calls.Count);
        Assert.DoesNotContain("nua_notes_uploads", _world.Runtime.Volumes);
    }

    [Fact]
    public async Task It_has_what_was_given_to_a_workload_that_is_not_there_now()
    {
        await DeployAsync(_world);
        var wish = DeployWorld.WishOf(["EXTRA_TOKEN=given"], secret: true, workload: "database");
        Assert.Null((await _world.RunAsync(new ConfigureInstance(_world.Seams), await new TakeValues(_world.Seams).TakeAsync(wish, Cancellation))).Problem);
        _world.AddImage("1.1", WithoutDatabase);
        Assert.Null((await _world.DeployAsync("1.1")).Problem);
        Assert.Null((await CloneAsync(_world)).Problem);

        var back = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), new DeployRequest("nua-notes:1.0", Copy, CopyDomain));

        Assert.Null(back.Problem);
        Assert.Equal("given", _world.Runtime.SpecOf("nua_copy_database_2").Secrets["EXTRA_TOKEN"].Reveal());
    }

    [Fact]
    public async Task A_copy_that_does_not_pass_its_tests_leaves_nothing_and_its_source_serves()
    {
        await DeployAsync(_world);
        var before = _world.Everything;
        _world.Gateway.Answer = (_, route) =>
            new HttpResponseMessage(route.Instance == "copy" ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);

        var ended = await CloneAsync(_world);

        Assert.Equal("deploy.tests-failed", ended.Problem!.Code);
        Assert.Equal(before, _world.Everything);
        Assert.Empty(await _world.Vault.ReadAsync(Copy, Cancellation));
        Assert.Null(await _world.Journal.FindAsync(Copy, Cancellation));
    }

    [Fact]
    public async Task A_copying_that_fails_leaves_nothing_and_its_source_serves()
    {
        await DeployAsync(_world);
        var before = _world.Everything;
        _world.Runtime.OnExec = (_, command) => command.Arguments[0] is "/bin/cp" ? new ExecOutcome(1, "", "no space left") : null;

        var ended = await CloneAsync(_world);

        Assert.Equal("clone.copy-failed", ended.Problem!.Code);
        Assert.Equal(before, _world.Everything);
    }

    [Fact]
    public async Task What_is_there_already_is_never_overwritten()
    {
        await DeployAsync(_world);
        await CloneAsync(_world);

        var again = await CloneAsync(_world);
        await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(Copy));
        var overData = await CloneAsync(_world);

        Assert.Equal("clone.target-exists", again.Problem!.Code);
        Assert.Equal("clone.target-exists", overData.Problem!.Code);
    }

    [Theory]
    [InlineData("[[volume]]\ntype = \"directory\"\nname = \"/srv/media\"\ntarget = \"/media\"", "clone.shared-data")]
    [InlineData("[[volume]]\nname = \"nfs\"\ntarget = \"/nfs\"\noptions = { type = \"nfs\" }", "clone.shared-data")]
    [InlineData("[port.other]\ncontainer = 9000\nhost = 9000", "clone.port-published")]
    public async Task What_cannot_be_copied_is_refused_before_anything_is_touched(string extra, string code)
    {
        _world.AddImage("1.0", extra);
        await DeployAsync(_world);
        var calls = _world.Runtime.Calls.Count;

        var ended = await CloneAsync(_world);

        Assert.Equal(code, ended.Problem!.Code);
        Assert.Equal(calls, _world.Runtime.Calls.Count);
    }

    [Fact]
    public async Task Folders_are_shared_when_that_is_said()
    {
        _world.AddImage("1.0", "[[volume]]\ntype = \"directory\"\nname = \"/srv/media\"\ntarget = \"/media\"");
        await DeployAsync(_world);

        var ended = await CloneAsync(_world, share: true);

        Assert.Null(ended.Problem);
        Assert.Contains(new Mount.OfDirectory("/srv/media", "/media"), _world.Runtime.SpecOf("nua_copy_app_1").Mounts);
    }

    [Fact]
    public async Task A_crash_at_any_write_leaves_the_source_running_and_a_whole_copy_or_none()
    {
        var counted = new DeployWorld();
        await DeployAsync(counted);
        await OneOffAsync(counted);
        var before = counted.Log.Writes;
        await CloneAsync(counted);
        var writes = counted.Log.Writes - before;

        for (var write = 1; write <= writes; write++)
        {
            var world = new DeployWorld(new InMemoryOperationLog());
            await DeployAsync(world);
            var oneOff = await OneOffAsync(world);
            world.Log.DieAtWrite = world.Log.Writes + write;
            await CloneAsync(world);

            await world.RestartAsync();

            Assert.Empty(await world.Log.UnfinishedAsync(Cancellation));
            Assert.Empty(world.Bugs);
            Assert.Contains(oneOff, world.Runtime.Running);
            await world.Runtime.RemoveAsync(new WorkloadId(oneOff), Cancellation);
            Assert.Equal(new Route(DeployWorld.Domain, world.Gateway.RouteOf(DeployWorld.Domain)!.Address, "notes", 1), world.Gateway.RouteOf(DeployWorld.Domain));
            if (await world.Journal.FindAsync(Copy, Cancellation) is null)
            {
                Assert.Equal(Source, world.Runtime.Running);
                Assert.Equal(2, world.Runtime.Volumes.Count);
                Assert.Null(world.Gateway.RouteOf(CopyDomain));
            }
            else
            {
                Assert.Equal(Both, world.Runtime.Running);
                Assert.Contains("written", await InAppAsync(world, "ls", "/uploads"));
            }
        }
    }

    private static async Task DeployAsync(DeployWorld world)
    {
        Assert.Null((await world.DeployAsync()).Problem);
        await world.Runtime.ExecAsync(new WorkloadId(Source[0]), new ExecCommand("mkdir", "/uploads/written"), Cancellation);
    }

    private static Task<OperationRecord> CloneAsync(DeployWorld world, bool share = false) => world.RunAsync(
        new CloneInstance(world.Seams, world.Runner, world.Loans, world.Gate), new CloneRequest(DeployWorld.Notes, Copy, CopyDomain, share));

    /// <summary>A one-off container of the source that was made before.</summary>
    private static async Task<string> OneOffAsync(DeployWorld world)
    {
        var app = world.Runtime.SpecOf(Source[0]);
        var id = new WorkloadId("nua_notes_run-old");
        await world.Runtime.StartAsync(app with { Id = id, IsIdle = true, Owner = app.Owner with { Role = WorkloadPlan.OneOffRole } }, Cancellation);
        return id.Value;
    }

    private async Task<string> RefusalAsync<TRequest, TResult>(UseCase<TRequest, TResult> useCase, TRequest request) =>
        (await Assert.ThrowsAsync<NuaException>(() => _world.Runner.StartAsync(useCase, request, "somebody", Cancellation))).Problem.Code;

    private static string WithoutDatabase(string config)
    {
        var lines = config[..config.IndexOf("[[provider]]", StringComparison.Ordinal)].Split('\n');
        return string.Join('\n', lines.Where(line => !line.StartsWith("DB_", StringComparison.Ordinal)));
    }

    private static async Task<string> InAppAsync(DeployWorld world, params string[] command) =>
        (await world.Runtime.ExecAsync(new WorkloadId(Both[0]), new ExecCommand(command), Cancellation)).Output;

    private async Task<IEnumerable<string>> ValuesAsync(InstanceName instance) =>
        (await _world.Vault.ReadAsync(instance, Cancellation)).Select(value => $"{value.Key}={value.Value.Reveal()}").Order();
}
