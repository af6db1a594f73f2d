using System.Net;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>An instance that is held still stays so, whatever happens around it, until somebody says otherwise.</summary>
public sealed class PausedInstanceTests : IAsyncLifetime
{
    private const string App = "nua_notes_app_1";
    private const string Database = "nua_notes_database_1";
    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    private static InstanceRequest Notes => new(DeployWorld.Notes);

    public async ValueTask InitializeAsync()
    {
        await _world.DeployAsync();
        await _world.RunAsync(new PauseInstance(_world.Seams), Notes);
        _world.AddImage("1.1");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Nothing_of_it_runs_and_visitors_are_asked_to_come_again()
    {
        using var visitor = _world.Gateway.OpenPublicDoor();
        using var answer = await visitor.GetAsync(new Uri($"https://{DeployWorld.Domain}/"), Cancellation);

        Assert.Equal([App, Database], _world.Runtime.Paused);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal([$"PauseAsync {App}", $"PauseAsync {Database}"], _world.Runtime.Calls.TakeLast(2));
    }

    [Fact]
    public async Task It_goes_on_where_it_was()
    {
        var before = await _world.Runtime.FindAsync(new WorkloadId(App), Cancellation);

        var ended = await _world.RunAsync(new UnpauseInstance(_world.Seams), Notes);

        Assert.Null(ended.Problem);
        Assert.Equal(before! with { Status = WorkloadStatus.Running }, await _world.Runtime.FindAsync(new WorkloadId(App), Cancellation));
        Assert.Equal([App, Database], _world.Runtime.Running);
        Assert.False(_world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
    }

    [Fact]
    public async Task A_restart_of_the_server_leaves_it_paused()
    {
        var calls = _world.Runtime.Calls.Count;

        await _world.RestartAsync();

        Assert.Equal(calls, _world.Runtime.Calls.Count);
        Assert.Equal(2, _world.Runtime.Paused.Count);
    }

    [Fact]
    public async Task What_the_engine_started_again_is_held_again()
    {
        _world.Runtime.Bounce(App);
        _world.Runtime.Bounce(Database);

        await _world.RestartAsync();

        Assert.Equal([App, Database], _world.Runtime.Paused);
        Assert.True(_world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
    }

    [Fact]
    public async Task What_a_reboot_ended_stays_ended_and_is_started_when_it_is_let_go_on()
    {
        await _world.Runtime.StopAsync(new WorkloadId(App), TimeSpan.Zero, Cancellation);
        await _world.Runtime.StopAsync(new WorkloadId(Database), TimeSpan.Zero, Cancellation);

        await _world.RestartAsync();
        var after = _world.Runtime.Running.ToList();
        await _world.RunAsync(new UnpauseInstance(_world.Seams), Notes);

        Assert.Empty(after);
        Assert.Equal([App, Database], _world.Runtime.Running);
    }

    [Fact]
    public async Task A_lost_route_says_again_that_it_is_paused()
    {
        await _world.Gateway.WithdrawAsync(DeployWorld.Domain, Cancellation);

        await _world.RestartAsync();

        Assert.True(_world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
    }

    [Fact]
    public async Task A_new_version_goes_live_and_runs()
    {
        var ended = await _world.DeployAsync("1.1");

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_2", Database], _world.Runtime.Running);
        Assert.Empty(_world.Runtime.Paused);
        Assert.False(_world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
    }

    [Fact]
    public async Task A_deploy_that_fails_leaves_it_paused()
    {
        _world.Gateway.Answer = (_, _) => new HttpResponseMessage(HttpStatusCode.InternalServerError);

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal(OperationState.Failed, ended.State);
        Assert.Equal([App, Database], _world.Runtime.Paused);
        Assert.Empty(_world.Runtime.Running);
        Assert.True(_world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
        Assert.Equal(DesiredState.Paused, (await _world.Journal.FindAsync(DeployWorld.Notes, Cancellation))!.Desired);
    }

    [Fact]
    public async Task A_switch_that_fails_leaves_it_paused()
    {
        _world.Gateway.FailOn(nameof(IGateway.PublishAsync), afterwards: true);
        var ended = await _world.DeployAsync("1.1");
        _world.Gateway.Mend();

        await _world.RestartAsync();

        Assert.Equal(OperationState.Stuck, ended.State);
        Assert.Equal([App, Database], _world.Runtime.Paused);
        Assert.True(_world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
    }

    [Fact]
    public async Task A_restart_or_a_start_ends_the_pause()
    {
        await _world.RunAsync(new RestartInstance(_world.Seams), Notes);
        Assert.Equal([App, Database], _world.Runtime.Running);

        await _world.RunAsync(new PauseInstance(_world.Seams), Notes);
        await _world.RunAsync(new StartInstance(_world.Seams), Notes);
        Assert.Equal([App, Database], _world.Runtime.Running);
        Assert.False(_world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
    }

    [Fact]
    public async Task It_can_be_stopped_and_then_neither_paused_nor_let_go_on()
    {
        await _world.RunAsync(new StopInstance(_world.Seams), Notes);

        var pause = await _world.RunAsync(new PauseInstance(_world.Seams), Notes);
        var unpause = await _world.RunAsync(new UnpauseInstance(_world.Seams), Notes);

        Assert.Equal(("deploy.not-running", "deploy.not-paused"), (pause.Problem!.Code, unpause.Problem!.Code));
        Assert.Empty(_world.Runtime.Running);
        Assert.Empty(_world.Runtime.Paused);
        Assert.Null(_world.Gateway.RouteOf(DeployWorld.Domain));
    }

    [Fact]
    public async Task It_can_be_destroyed_and_its_data_stays()
    {
        var ended = await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes));

        Assert.Null(ended.Problem);
        Assert.Empty(_world.Runtime.Paused);
        Assert.Null(_world.Gateway.RouteOf(DeployWorld.Domain));
        Assert.Equal(2, _world.Runtime.Volumes.Count);
    }
}
