using System.Text.Json;
using Nua.Core.Problems;
using Nua.Engine;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>What somebody did behind Nua's back is put right, and what was found and done is on record.</summary>
public sealed class ReconcileTests
{
    private const string App = "nua_notes_app_1";
    private const string Database = "nua_notes_database_1";

    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    private static readonly Dictionary<string, (Func<DeployWorld, Task> Do, string Repairs)> Meddlings = new()
    {
        ["stop app"] = (
            world => world.Runtime.StopAsync(new WorkloadId(App), TimeSpan.Zero, Cancellation),
            "app has ended (exit code 0): start it|notes.localhost does not lead to it: lead it there"),
        ["stop database"] = (
            world => world.Runtime.StopAsync(new WorkloadId(Database), TimeSpan.Zero, Cancellation),
            "database has ended (exit code 0): start it"),
        ["crash app"] = (
            Now(world => world.Runtime.Crash(App)),
            "app ends again and again (exit code 1): start it|notes.localhost does not lead to it: lead it there"),
        ["bounce app"] = (Now(world => world.Runtime.Bounce(App)), "notes.localhost does not lead to it: lead it there"),
        ["pause app"] = (Now(world => world.Runtime.Pause(App)), "app is paused: let it go on"),
        ["pause database"] = (Now(world => world.Runtime.Pause(Database)), "database is paused: let it go on"),
        ["remove app"] = (
            world => world.Runtime.RemoveAsync(new WorkloadId(App), Cancellation),
            "app is gone: make it again|notes.localhost does not lead to it: lead it there"),
        ["remove database"] = (
            world => world.Runtime.RemoveAsync(new WorkloadId(Database), Cancellation), "database is gone: make it again"),
        ["remove both"] = (
            RemoveBothAsync, "database is gone: make it again|app is gone: make it again|notes.localhost does not lead to it: lead it there"),
        ["cut off app"] = (
            Now(world => world.Runtime.CutOff(App)),
            "app is in its network no longer: make it again|notes.localhost does not lead to it: lead it there"),
        ["cut off database"] = (Now(world => world.Runtime.CutOff(Database)), "database is in its network no longer: make it again"),
        ["remove network"] = (
            Now(world => world.Runtime.LoseNetwork("nua_notes")),
            "its network is gone: make it again|database is in its network no longer: make it again|"
            + "app is in its network no longer: make it again|notes.localhost does not lead to it: lead it there"),
        ["withdraw route"] = (
            world => world.Gateway.WithdrawAsync(DeployWorld.Domain, Cancellation), "notes.localhost does not lead to it: lead it there"),
        ["mislead"] = (world => LeadAsync(world, DeployWorld.Domain), "notes.localhost does not lead to it: lead it there"),
        ["second domain"] = (world => LeadAsync(world, "old.localhost"), "old.localhost still leads to it: stop answering there"),
        ["left workload"] = (
            world => world.Runtime.StartAsync(world.Runtime.SpecOf(App) with { Id = new WorkloadId("nua_notes_app_0") }, Cancellation),
            "'nua_notes_app_0' belongs to no current deployment: remove it"),
        ["left network"] = (
            world => world.Runtime.EnsureNetworkAsync(new NetworkSpec("nua_notes_7", world.Runtime.SpecOf(App).Owner), Cancellation),
            "the network 'nua_notes_7' is left over: remove it"),
    };

    public static TheoryData<string> Meddling => [.. Meddlings.Keys];

    [Theory]
    [MemberData(nameof(Meddling))]
    public async Task Meddling_is_put_right_and_told(string meddling)
    {
        var (meddle, told) = Meddlings[meddling];
        var repairs = told.Split('|');
        await _world.DeployAsync();
        var before = Shape();
        await meddle(_world);

        var mended = Assert.Single(await PassAsync());

        Assert.Equal(before, Shape());
        var operation = (await _world.Log.FindAsync(mended.Operation, Cancellation))!;
        Assert.Equal((OperationState.Succeeded, "reconciler"), (operation.State, operation.StartedBy));
        Assert.Equal(repairs, JsonSerializer.Deserialize(operation.Result!, EngineJson.Default.ReconcileResult)!.Repairs);
        Assert.Equal(
            ["compare what there is with what is wanted", .. repairs],
            (await _world.Log.StepsAsync(operation.Id, Cancellation)).Select(step => step.Name));
        Assert.Empty(await PassAsync());
    }

    [Fact]
    public async Task What_was_stopped_stays_stopped()
    {
        await _world.DeployAsync();
        await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        _world.Runtime.Wake(App);
        _world.Runtime.Wake(Database);
        await _world.Gateway.PublishAsync(new Route(DeployWorld.Domain, new Uri("http://10.0.0.9:8000/"), "notes", 1), Cancellation);

        var mended = Assert.Single(await PassAsync());

        Assert.Equal(
            "notes.localhost still leads to it; app runs, though the instance was stopped; database runs, though the instance was stopped",
            mended.Why);
        Assert.Empty(_world.Runtime.Running);
        Assert.Empty(await PassAsync());
    }

    [Fact]
    public async Task A_volume_that_was_removed_with_its_data_is_told_and_no_empty_one_takes_its_place_unless_asked_for()
    {
        await _world.DeployAsync();
        await RemoveBothAsync(_world);
        await _world.Runtime.RemoveVolumeAsync("nua_notes_database-data", Cancellation);

        var mended = Assert.Single(await PassAsync());

        var failed = (await _world.Log.FindAsync(mended.Operation, Cancellation))!;
        Assert.Equal((OperationState.Failed, "deploy.volume-gone"), (failed.State, failed.Problem!.Code));
        Assert.Contains("nua_notes_database-data", failed.Problem.Message);
        Assert.Empty(_world.Runtime.Running);
        Assert.Equal(["nua_notes_uploads"], _world.Runtime.Volumes);

        await _world.RunAsync(new RestartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        Assert.Equal([App, Database], _world.Runtime.Running);
    }

    [Fact]
    public async Task A_volume_that_only_leads_elsewhere_is_made_again()
    {
        _world.AddImage("1.1", "[[volume]]\nname = \"share\"\ntarget = \"/s\"\noptions = { type = \"nfs\", o = \"addr=192.0.2.1\", device = \":/x\" }");
        await _world.DeployAsync("1.1");
        await _world.Runtime.RemoveAsync(new WorkloadId(App), Cancellation);
        await _world.Runtime.RemoveVolumeAsync("nua_notes_share", Cancellation);

        var mended = Assert.Single(await PassAsync());

        Assert.Equal("the volume share is gone; app is gone; notes.localhost does not lead to it", mended.Why);
        Assert.Contains("nua_notes_share", _world.Runtime.Volumes);
    }

    [Fact]
    public async Task A_repair_that_fails_says_where_and_is_tried_again()
    {
        await _world.DeployAsync();
        await _world.Runtime.StopAsync(new WorkloadId(Database), TimeSpan.Zero, Cancellation);
        _world.Runtime.FailOn(
            nameof(IRuntimeDriver.StartAsync), new Problem(ProblemKind.Unavailable, "runtime.disk-full", "Full.", "Make room."), Database);

        var failed = (await _world.Log.FindAsync(Assert.Single(await PassAsync()).Operation, Cancellation))!;
        Assert.Equal((OperationState.Failed, "runtime.disk-full"), (failed.State, failed.Problem!.Code));
        Assert.Equal(StepState.Failed, (await _world.Log.StepsAsync(failed.Id, Cancellation))[^1].State);

        _world.Runtime.Heal();
        Assert.Single(await PassAsync());
        Assert.Equal([App, Database], _world.Runtime.Running);
    }

    private async Task<IReadOnlyList<Reconciliation>> PassAsync()
    {
        // A reconciler of its own: what failed before is not put off.
        var started = await new Reconciler(_world.Seams, _world.Runner, _world.Log).PassAsync(Cancellation);
        await _world.Runner.WhenIdleAsync();
        return started;
    }

    /// <summary>Everything but addresses, which a new container has of its own; and that the route leads to the app's.</summary>
    private string Shape()
    {
        var app = _world.Runtime.AddressOf(App);
        return string.Join(
            '\n',
            [.. _world.Runtime.Running, .. _world.Runtime.Networks, .. _world.Runtime.Volumes, .. _world.Gateway.Domains, $"{_world.Gateway.RouteOf(DeployWorld.Domain)?.Address == new Uri($"http://{app}:8000/")}"]);
    }

    private static Func<DeployWorld, Task> Now(Action<DeployWorld> meddle) => world =>
    {
        meddle(world);
        return Task.CompletedTask;
    };

    private static async Task RemoveBothAsync(DeployWorld world)
    {
        await world.Runtime.RemoveAsync(new WorkloadId(App), Cancellation);
        await world.Runtime.RemoveAsync(new WorkloadId(Database), Cancellation);
    }

    private static Task LeadAsync(DeployWorld world, string domain) =>
        world.Gateway.PublishAsync(new Route(domain, new Uri("http://10.9.9.9:8000/"), "notes", 1), Cancellation);
}
