using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Measuring;
using Nua.Engine.Runtimes;
using Nua.Tests.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Engine.Measuring;

public sealed class MeasureInstanceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_workload_is_told_of_and_servers_tell_of_themselves()
    {
        var world = await DeployedAsync();

        var metrics = await MeasureAsync(world);

        Assert.Equal(["database", "app"], metrics.Workloads.Select(workload => workload.Role));
        Assert.All(metrics.Workloads, workload => Assert.Equal(1 << 20, workload.Use[0].Value));
        var server = metrics.Workloads[0].Server!;
        Assert.Null(server.Silence);
        Assert.Equal(("nua_fake_rows", 7d), (server.Metrics[0].Family.Name, Assert.Single(server.Metrics).Value));
        Assert.Null(metrics.Workloads[1].Server);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_said_not_to_and_the_rest_is_told()
    {
        var world = await DeployedAsync();
        world.Use(new HastyClock());
        world.Runtime.BeforeExecAsync = (_, cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, cancellation);

        var metrics = await MeasureAsync(world);

        Assert.Equal("It gave no answer within 5 s.", metrics.Workloads[0].Server!.Silence);
        Assert.All(metrics.Workloads, workload => Assert.NotEmpty(workload.Use));
    }

    [Fact]
    public async Task What_was_ended_inside_its_workload_took_too_long()
    {
        var world = await DeployedAsync();
        world.Runtime.OnExec = (_, _) => new ExecOutcome(137, "", "Killed\n");

        Assert.Equal("It gave no answer within 5 s.", await SilenceAsync(world));
    }

    [Fact]
    public async Task Why_it_refuses_is_told_without_the_password()
    {
        var world = await DeployedAsync();
        world.Server.TakeOnly(new Secret("another"));

        Assert.Equal("'fake-figures' ended with 1 no access with [secret]", await SilenceAsync(world));
    }

    [Fact]
    public async Task An_answer_that_says_nothing_is_none()
    {
        var world = await DeployedAsync();
        world.Server.Figures = "what?";

        Assert.Equal("The answer of 'fake-figures' was not understood.", await SilenceAsync(world));
    }

    [Fact]
    public async Task What_does_not_run_is_silent_and_uses_nothing()
    {
        var world = await DeployedAsync();
        var database = world.Runtime.Running.Single(name => name.Contains("database", StringComparison.Ordinal));
        await world.Runtime.StopAsync(new WorkloadId(database), TimeSpan.Zero, Cancellation);

        var metrics = await MeasureAsync(world);

        Assert.Empty(metrics.Workloads[0].Use);
        Assert.Contains(database, metrics.Workloads[0].Server!.Silence!, StringComparison.Ordinal);
        Assert.NotEmpty(metrics.Workloads[1].Use);
    }

    [Fact]
    public async Task The_question_is_bounded_and_shows_no_secret()
    {
        var world = await DeployedAsync();
        var asked = new List<ExecCommand>();
        world.Runtime.OnExec = (_, command) =>
        {
            asked.Add(command);
            return world.Server.Run(command);
        };

        await MeasureAsync(world);

        var question = Assert.Single(asked);
        Assert.Equal(["timeout", "-s", "KILL", "5", "fake-figures"], question.Arguments);
        Assert.NotEmpty(question.Secrets);
    }

    [Fact]
    public async Task Without_the_engine_there_are_none()
    {
        var world = await DeployedAsync();
        var down = new Problem(ProblemKind.Unavailable, "runtime.unreachable", "It is down.", "Start it.");
        world.Runtime.FailOn(nameof(IRuntimeDriver.ExecAsync), down);

        var failure = await Assert.ThrowsAsync<NuaException>(() => MeasureAsync(world));

        Assert.Equal("runtime.unreachable", failure.Problem.Code);
    }

    [Fact]
    public async Task Of_no_instance_there_are_none()
    {
        var failure = await Assert.ThrowsAsync<NuaException>(
            () => new MeasureInstance(new DeployWorld().Seams).RunAsync(InstanceName.Parse("nobody"), Cancellation));

        Assert.Equal("deploy.no-instance", failure.Problem.Code);
    }

    private static async Task<DeployWorld> DeployedAsync()
    {
        var world = new DeployWorld();
        Assert.Null((await world.DeployAsync()).Problem);
        return world;
    }

    private static Task<InstanceMetrics> MeasureAsync(DeployWorld world) =>
        new MeasureInstance(world.Seams).RunAsync(DeployWorld.Notes, Cancellation);

    private static async Task<string?> SilenceAsync(DeployWorld world) => (await MeasureAsync(world)).Workloads[0].Server!.Silence;

    /// <summary>Whoever waits has waited long enough, as soon as everything else is under way.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.FromMilliseconds(100), period);
    }
}
