using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.State;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Data that is being destroyed while the engine dies: half of it is none, so it is destroyed whole before anything else.</summary>
public sealed class EraseTests
{
    private static readonly Problem Dead = new(ProblemKind.Unavailable, "runtime.unreachable", "The engine died.", "Start it.");

    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task A_destruction_of_data_that_the_engine_broke_off_is_finished_and_nobody_deploys_on_what_is_left()
    {
        await _world.DeployAsync();
        _world.Runtime.FailOn(nameof(InMemoryRuntime.RemoveVolumeAsync), Dead);

        var broken = await EraseAsync();
        var refusal = await Assert.ThrowsAsync<NuaException>(() => _world.DeployAsync());
        _world.Runtime.Heal();
        await _world.Runner.ResumeUnfinishedAsync(_world.UseCases, Cancellation);
        await _world.Runner.WhenIdleAsync();

        Assert.Equal((OperationState.Stuck, "runtime.unreachable"), (broken.State, broken.Problem!.Code));
        Assert.Equal(OperationProblems.LockedCode, refusal.Problem.Code);
        Assert.Equal(OperationState.Succeeded, (await _world.Log.FindAsync(broken.Id, Cancellation))!.State);
        Assert.Empty((await _world.Runtime.ListAsync(Cancellation)).Volumes);
        Assert.Equal(DesiredState.Erased, (await _world.Journal.FindAsync(DeployWorld.Notes, Cancellation))!.Desired);
    }

    [Fact]
    public async Task A_server_that_comes_back_finishes_it()
    {
        await _world.DeployAsync();
        _world.Runtime.FailOn(nameof(InMemoryRuntime.RemoveVolumeAsync), Dead);
        var broken = await EraseAsync();
        _world.Runtime.Heal();

        await _world.RestartAsync();
        await _world.Runner.WhenIdleAsync();

        Assert.Equal(OperationState.Succeeded, (await _world.Log.FindAsync(broken.Id, Cancellation))!.State);
        Assert.Null((await _world.DeployAsync()).Problem);
    }

    private Task<OperationRecord> EraseAsync() => _world.RunAsync(
        new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true, AcceptDataLoss: true));
}
