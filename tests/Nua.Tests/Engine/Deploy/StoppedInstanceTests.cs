using System.Net;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.State;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Deploying an instance that was stopped: what it kept is woken, and put to rest again when the deploy fails.</summary>
public sealed class StoppedInstanceTests : IAsyncLifetime
{
    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    public async ValueTask InitializeAsync()
    {
        await _world.DeployAsync();
        await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        _world.AddImage("1.1");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_new_version_wakes_the_database_it_keeps()
    {
        var ended = await _world.DeployAsync("1.1");

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_2", "nua_notes_database_1"], _world.Runtime.Running);
        Assert.Equal(2, _world.Gateway.RouteOf(DeployWorld.Domain)!.Deployment);
    }

    [Fact]
    public async Task The_same_version_is_tested_before_visitors_are_let_in_again()
    {
        var open = new List<bool>();
        _world.Gateway.Answer = (_, _) =>
        {
            open.Add(_world.Gateway.RouteOf(DeployWorld.Domain) is not null);
            return new HttpResponseMessage(HttpStatusCode.OK);
        };

        var ended = await _world.DeployAsync();

        Assert.Null(ended.Problem);
        Assert.Equal([false], open.Distinct());
        Assert.Equal(["nua_notes_app_1", "nua_notes_database_1"], _world.Runtime.Running);
        Assert.NotNull(_world.Gateway.RouteOf(DeployWorld.Domain));
    }

    [Fact]
    public async Task A_deploy_that_fails_leaves_it_stopped()
    {
        _world.Gateway.Answer = (_, _) => new HttpResponseMessage(HttpStatusCode.InternalServerError);

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal((OperationState.Failed, "deploy.tests-failed"), (ended.State, ended.Problem!.Code));
        Assert.Empty(_world.Runtime.Running);
        Assert.Null(_world.Gateway.RouteOf(DeployWorld.Domain));
        Assert.Equal(DesiredState.Stopped, (await _world.Journal.FindAsync(DeployWorld.Notes, Cancellation))!.Desired);
    }

    [Fact]
    public async Task A_switch_that_fails_leaves_it_stopped()
    {
        _world.Gateway.FailOn(nameof(Nua.Engine.Routing.IGateway.PublishAsync));

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal(OperationState.Failed, ended.State);
        Assert.Empty(_world.Runtime.Running);
    }
}
