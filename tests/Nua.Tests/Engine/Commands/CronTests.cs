using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Testing.Fakes;
using Nua.Tests.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Engine.Commands;

/// <summary>What is due is run once, beside the app, and how it ended can be seen.</summary>
public sealed class CronTests
{
    private const string Job =
        """
        [[cron]]
        name = "digest"
        schedule = "0 * * * *"
        command = "true"
        """;

    private static readonly string[] Serving = ["nua_notes_app_1", "nua_notes_database_1"];
    private readonly SetClock _clock = new();
    private readonly DeployWorld _world;
    private CronSchedule _schedule;

    public CronTests()
    {
        _world = new DeployWorld(clock: _clock);
        _world.Runtime.OnExec = (_, command) => command.Arguments is [.., "/bin/sh", "-c", "true"] ? new ExecOutcome(0, "sent 3\n", "") : null;
        _schedule = NewSchedule();
    }

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task A_job_is_run_when_it_is_due_and_leaves_nothing()
    {
        await DeployAsync();
        Assert.Empty(await _schedule.PassAsync(Cancellation));

        _clock.Advance(TimeSpan.FromHours(1));
        var started = await PassAsync();
        var again = await PassAsync();

        var last = (await JobAsync()).Last!;
        Assert.Equal(new CronRequest(DeployWorld.Notes, "digest", SetClock.Start.AddHours(1)), Assert.Single(started));
        Assert.Empty(again);
        Assert.Equal((OperationState.Succeeded, "schedule"), (last.State, last.StartedBy));
        Assert.Contains("sent 3", last.Result);
        Assert.Equal(Serving, _world.Runtime.Running);
    }

    [Fact]
    public async Task What_was_missed_while_the_server_did_not_run_is_caught_up_with_one_run()
    {
        await DeployAsync();
        _clock.Advance(TimeSpan.FromDays(3));
        _schedule = NewSchedule();

        var first = await PassAsync();
        var second = await PassAsync();
        _schedule = NewSchedule();
        var third = await PassAsync();

        Assert.Equal(SetClock.Start.AddDays(3), Assert.Single(first).Scheduled);
        Assert.Empty(second);
        Assert.Empty(third);
    }

    [Fact]
    public async Task What_comes_due_while_the_run_before_goes_on_is_left_out()
    {
        var released = new TaskCompletionSource();
        _world.Runtime.BeforeExecAsync = (command, _) => command.Arguments[^1] is "true" && command.Arguments.Contains("-c") ? released.Task : Task.CompletedTask;
        await DeployAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await _schedule.PassAsync(Cancellation);

        _clock.Advance(TimeSpan.FromHours(1));
        var overlapping = await _schedule.PassAsync(Cancellation);
        released.SetResult();
        await _world.Runner.WhenIdleAsync();
        var after = await PassAsync();
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty(overlapping);
        Assert.Empty(after);
        Assert.Single(await PassAsync());
    }

    [Fact]
    public async Task A_job_that_fails_says_why_without_secrets_and_leaves_nothing()
    {
        await DeployAsync();
        var password = (await _world.Vault.ReadAsync(DeployWorld.Notes, Cancellation)).Single(value => value.Key.Name == "DB_PASSWORD").Value.Reveal();
        _world.Runtime.OnExec = (_, command) => command.Arguments[^1] is "true" ? new ExecOutcome(3, $"cannot reach sql://{password}\n", "") : null;
        _clock.Advance(TimeSpan.FromHours(1));

        await PassAsync();

        var last = (await JobAsync()).Last!;
        Assert.Equal((OperationState.Failed, "command.job-failed"), (last.State, last.Problem!.Code));
        Assert.Equal(["cannot reach sql://[secret]"], last.Problem.Details);
        Assert.Equal(Serving, _world.Runtime.Running);
    }

    [Fact]
    public async Task Nothing_is_run_in_an_instance_that_is_stopped_or_paused()
    {
        await DeployAsync();
        await _world.RunAsync(new PauseInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        _clock.Advance(TimeSpan.FromHours(5));

        var paused = await PassAsync();
        var state = await JobAsync();
        await _world.RunAsync(new UnpauseInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));

        Assert.Empty(paused);
        Assert.Null(state.Next);
        Assert.Single(await PassAsync());
    }

    [Fact]
    public async Task Of_a_job_the_last_runs_are_remembered()
    {
        await DeployAsync();
        for (var hour = 0; hour < CronSchedule.RunsKept + 5; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await PassAsync();
        }

        var runs = await _world.Log.ListAsync(new OperationFilter(RunCron.Subject(DeployWorld.Notes, "digest")), 100, Cancellation);

        Assert.InRange(runs.Count, CronSchedule.RunsKept, CronSchedule.RunsKept + 1);
    }

    [Fact]
    public async Task A_crash_at_any_write_of_a_run_leaves_nothing_of_it_and_the_run_is_not_repeated()
    {
        for (var write = 1; ; write++)
        {
            var clock = new SetClock();
            var world = new DeployWorld(new InMemoryOperationLog(), clock: clock);
            world.Runtime.OnExec = _world.Runtime.OnExec;
            world.AddImage("1.0", Job);
            await world.DeployAsync();
            clock.Advance(TimeSpan.FromHours(1));
            var before = world.Log.Writes;
            world.Log.DieAtWrite = before + write;
            await new CronSchedule(world.Seams, world.Runner, world.Log, new RunCron(world.Seams, world.Gate)).PassAsync(Cancellation);
            await Record.ExceptionAsync(world.Runner.WhenIdleAsync);
            if (world.Log.Writes < before + write)
            {
                break;
            }

            await world.RestartAsync();

            Assert.Equal(Serving, world.Runtime.Running);
            Assert.Empty(await world.Log.UnfinishedAsync(Cancellation));
            Assert.Empty(await new CronSchedule(world.Seams, world.Runner, world.Log, new RunCron(world.Seams, world.Gate)).PassAsync(Cancellation));
        }
    }

    [Fact]
    public async Task What_a_removal_left_is_removed_later()
    {
        await DeployAsync();
        var place = new WorkloadId("nua_notes_run-old");
        await _world.Runtime.StartAsync(
            _world.Runtime.SpecOf(Serving[0]) with
            {
                Id = place,
                Owner = _world.Runtime.SpecOf(Serving[0]).Owner with { Role = Nua.Engine.State.WorkloadPlan.OneOffRole },
            },
            Cancellation);

        Assert.Equal([place.Value], await new OneOffLeftovers(_world.Seams, _world.Log).RemoveAsync(Cancellation));
        Assert.Equal(Serving, _world.Runtime.Running);
    }

    private async Task DeployAsync()
    {
        _world.AddImage("1.0", Job);
        Assert.Null((await _world.DeployAsync()).Problem);
    }

    private async Task<IReadOnlyList<CronRequest>> PassAsync()
    {
        var started = await _schedule.PassAsync(Cancellation);
        await _world.Runner.WhenIdleAsync();
        return started;
    }

    private async Task<CronState> JobAsync() => Assert.Single(await _schedule.JobsAsync(DeployWorld.Notes, Cancellation));

    private CronSchedule NewSchedule() => new(_world.Seams, _world.Runner, _world.Log, new RunCron(_world.Seams, _world.Gate));

    /// <summary>A clock that stands until it is put forward; what waits for it, waits by the real one.</summary>
    private sealed class SetClock : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
        private DateTimeOffset _now = Start;

        public void Advance(TimeSpan time) => _now += time;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
