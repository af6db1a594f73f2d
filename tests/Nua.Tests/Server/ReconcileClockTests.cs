using Microsoft.Extensions.Logging.Abstractions;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Server;
using Nua.Server.Schedules;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Server;

public sealed class ReconcileClockTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task Whatever_fails_in_the_clock_the_server_goes_on()
    {
        await using var server = await ServerWorld.StartAsync(ready: false);
        await File.WriteAllTextAsync(Path.Combine(server.Home.State, "uploads"), "no folder", Cancellation);
        using var clock = new ReconcileClock(
            server.Plane, _ => throw new IOException("no such program"), NullLogger<ReconcileClock>.Instance);

        await clock.StartAsync(Cancellation);
        await Eventually.TrueAsync(
            () => Task.FromResult(server.Plane.State.Now == ServerState.Ready || clock.ExecuteTask!.IsFaulted), Cancellation);

        Assert.False(clock.ExecuteTask!.IsFaulted);
        await clock.StopAsync(Cancellation);
    }

    [Fact]
    public async Task What_is_unfinished_waits_for_an_engine_that_is_away()
    {
        await using var server = await ServerWorld.StartAsync(ready: false);
        var left = new OperationRecord("1", "stop", "notes", "{}", "somebody", OperationState.Running, DateTimeOffset.UnixEpoch);
        await server.World.Log.BeginAsync(left, Cancellation);
        server.World.Runtime.FailOn("PingAsync", new Problem(ProblemKind.Unavailable, "runtime.unreachable", "Away.", "Wait."));
        using var clock = new ReconcileClock(server.Plane, _ => Task.CompletedTask, NullLogger<ReconcileClock>.Instance);

        await clock.StartAsync(Cancellation);
        await Eventually.TrueAsync(() => Task.FromResult(server.Plane.State.Now == ServerState.Ready), Cancellation);

        Assert.Equal(left, Assert.Single(await server.World.Log.UnfinishedAsync(Cancellation)));
        await clock.StopAsync(Cancellation);
    }
}
