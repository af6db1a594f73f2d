using Nua.Core;
using Nua.Engine.Commands;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.State;
using Nua.Testing.Fakes;
using Nua.Tests.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Engine.Commands;

/// <summary>A one-off command has all the app has, and leaves nothing behind.</summary>
public sealed class RunOnceTests
{
    private static readonly string[] Serving = ["nua_notes_app_1", "nua_notes_database_1"];
    private readonly DeployWorld _world = new();
    private readonly FakeConversation _peer = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task It_runs_beside_the_app_with_its_image_environment_volumes_and_network()
    {
        await _world.DeployAsync();
        _peer.Type("so be it");
        var running = _world.Runner.StartAsync(RunOnce(out var request), request, "somebody", Cancellation);
        await _peer.Told;
        var place = Assert.Single(_world.Runtime.Running.Except(Serving));
        var (one, app) = (_world.Runtime.SpecOf(place), _world.Runtime.SpecOf(Serving[0]));

        _peer.EndInput();
        var ended = await EndOfAsync((await running).Id);

        Assert.Equal((app.Image, app.Network, app.Limits), (one.Image, one.Network, one.Limits));
        Assert.Equal(app.Mounts, one.Mounts);
        Assert.Equal(app.Environment, one.Environment);
        Assert.Equal(app.Secrets.Keys, one.Secrets.Keys);
        Assert.Equal(WorkloadPlan.OneOffRole, one.Owner.Role);
        Assert.Empty(one.Aliases);
        Assert.Empty(one.Publish);
        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Contains("\"exitCode\":0", ended.Result);
        Assert.Equal("so be it", _peer.Output.ToString());
        Assert.Equal(Serving, _world.Runtime.Running);
    }

    [Fact]
    public async Task Its_arguments_and_variables_are_journaled_nowhere()
    {
        await _world.DeployAsync();
        var once = new RunOnce(_world.Seams, _world.Gate);
        var order = new CommandOrder(["echo", "s3cret"]) { Variables = new Dictionary<string, Secret> { ["TOKEN"] = new("t0ken") } };

        var ended = await _world.RunAsync(once, once.Take(DeployWorld.Notes, order, _peer));

        var steps = await _world.Log.StepsAsync(ended.Id, Cancellation);
        Assert.Equal("s3cret\n", _peer.Output.ToString());
        Assert.DoesNotContain("s3cret", $"{ended}{string.Join(' ', steps)}");
        Assert.DoesNotContain("t0ken", $"{ended}{string.Join(' ', steps)}");
    }

    [Fact]
    public async Task It_keeps_nobody_from_a_deploy_and_the_reconciler_leaves_it_alone()
    {
        await _world.DeployAsync();
        _world.AddImage("1.1");
        _peer.Type("x");
        var running = await _world.Runner.StartAsync(RunOnce(out var request), request, "somebody", Cancellation);
        await _peer.Told;

        var deploy = await _world.Runner.StartAsync(
            new DeployInstance(_world.Seams, _world.Runner), new DeployRequest("nua-notes:1.1", DeployWorld.Notes), "somebody", Cancellation);
        Assert.Equal(OperationState.Succeeded, (await EndOfAsync(deploy.Id)).State);
        Assert.Empty(await new Reconciler(_world.Seams, _world.Runner, _world.Log).PassAsync(Cancellation));
        Assert.Equal(3, _world.Runtime.Running.Count);

        _peer.EndInput();
        Assert.Equal(OperationState.Succeeded, (await EndOfAsync(running.Id)).State);
    }

    [Fact]
    public async Task It_goes_with_the_instance()
    {
        await _world.DeployAsync();
        _peer.Type("x");
        var running = await _world.Runner.StartAsync(RunOnce(out var request), request, "somebody", Cancellation);
        await _peer.Told;

        var destroy = await _world.Runner.StartAsync(
            new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes), "somebody", Cancellation);
        var ended = await EndOfAsync(destroy.Id);
        _peer.Leave();
        await EndOfAsync(running.Id);

        Assert.Equal((OperationState.Succeeded, null), (ended.State, ended.Problem));
        Assert.Empty(_world.Runtime.Running);
        Assert.Empty(_world.Runtime.Networks);
    }

    [Fact]
    public async Task A_crash_at_any_write_leaves_nothing_of_it()
    {
        var writes = await WritesAsync();
        for (var write = 1; write <= writes; write++)
        {
            var world = new DeployWorld(new InMemoryOperationLog());
            await world.DeployAsync();
            var once = new RunOnce(world.Seams, world.Gate);
            world.Log.DieAtWrite = world.Log.Writes + write;
            await world.RunAsync(once, once.Take(DeployWorld.Notes, new CommandOrder(["true"]), new FakeConversation()));

            await world.RestartAsync();

            Assert.Equal(Serving, world.Runtime.Running);
            Assert.Empty(await world.Log.UnfinishedAsync(Cancellation));
        }
    }

    private static async Task<int> WritesAsync()
    {
        var world = new DeployWorld();
        await world.DeployAsync();
        var (once, before) = (new RunOnce(world.Seams, world.Gate), world.Log.Writes);
        await world.RunAsync(once, once.Take(DeployWorld.Notes, new CommandOrder(["true"]), new FakeConversation()));
        return world.Log.Writes - before;
    }

    private RunOnce RunOnce(out RunRequest request)
    {
        var once = new RunOnce(_world.Seams, _world.Gate);
        request = once.Take(DeployWorld.Notes, new CommandOrder(["cat"]), _peer);
        return once;
    }

    private async Task<OperationRecord> EndOfAsync(string id)
    {
        await foreach (var _ in _world.Runner.WatchAsync(id, Cancellation))
        {
            // Until its end.
        }

        return (await _world.Log.FindAsync(id, Cancellation))!;
    }
}
