using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>The whole life of an instance on a machine whose clock jumps at every look.</summary>
public sealed class ClockTests
{
    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    public static TheoryData<TimeSpan> Jumps =>
        [TimeSpan.FromDays(60), TimeSpan.FromDays(-60), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-1)];

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task Everything_ends_as_on_any_other_day(TimeSpan jump)
    {
        var clock = new JumpingClock(jump);
        var world = new DeployWorld(clock: clock);
        world.AddImage("1.1");
        var request = new InstanceRequest(DeployWorld.Notes);
        OperationRecord[] life =
        [
            await world.DeployAsync(),
            await world.DeployAsync("1.1"),
            await world.RunAsync(new StopInstance(world.Seams), request),
            await world.RunAsync(new StartInstance(world.Seams), request),
            await world.RunAsync(new RestartInstance(world.Seams), request),
            await world.RunAsync(new DestroyInstance(world.Seams), new DestroyRequest(DeployWorld.Notes)),
        ];

        Assert.All(life, operation => Assert.Equal((OperationState.Succeeded, null), (operation.State, operation.Problem)));
        Assert.Equal(
            life.Select(operation => operation.Id).Reverse(),
            (await world.Log.ListAsync(new OperationFilter(), life.Length, Cancellation)).Select(operation => operation.Id));
        Assert.Empty(world.Runtime.Running);
        Assert.Equal(2, world.Runtime.Volumes.Count);
        Assert.True(clock.Looks > 20);
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task A_crash_on_such_a_day_ends_in_the_old_world_or_the_new(TimeSpan jump)
    {
        for (var write = 1; write <= 20; write++)
        {
            var world = new DeployWorld(clock: new JumpingClock(jump));
            world.AddImage("1.1");
            await world.DeployAsync();
            world.Log.DieAtWrite = world.Log.Writes + write;
            await world.DeployAsync("1.1");

            await world.RestartAsync();

            Assert.Empty(await world.Log.UnfinishedAsync(Cancellation));
            Assert.Single(world.Runtime.Running, name => name.Contains("_app_", StringComparison.Ordinal));
            Assert.Equal(2, world.Runtime.Running.Count);
        }
    }
}
