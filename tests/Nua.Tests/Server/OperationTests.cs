using System.Net;
using Nua.Api;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Server.Endpoints;
using Nua.Testing;
using Nua.Tests.Cli;
using Xunit;

namespace Nua.Tests.Server;

/// <summary>Locks that say who and can be waited for, what is stuck, and looking at operations: from the words typed to the journal.</summary>
public sealed class OperationTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task A_refusal_says_who_changes_it_since_when_and_at_which_step()
    {
        await using var server = await ServerWorld.StartAsync();
        using var busy = await BusyAsync(server);
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(8, await line.RunAsync("stop", "notes", "--quiet"));

        Assert.Matches(
            $@"'notes' is being changed: deploy by '{Environment.UserName}' since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\dZ, step \d+ '[^']+'. \[operation.locked\]",
            line.Error);
        Assert.Matches(@"nua operations show \w{32} --follow", line.Error);
    }

    [Fact]
    public async Task Whoever_wants_to_waits_for_the_lock()
    {
        await using var server = await ServerWorld.StartAsync();
        using var busy = await BusyAsync(server);
        using var line = new Line(server.Home.ServerSocket);

        var waiting = line.RunAsync("stop", "notes", "--wait-lock", "5m");
        await Eventually.TrueAsync(() => Task.FromResult(line.Error.Contains("'notes' is being changed", StringComparison.Ordinal)), Cancellation);
        Assert.False(waiting.IsCompleted);
        busy.Dispose();

        Assert.Equal(0, await waiting);
        Assert.Equal("stopped", (await server.Client.InstanceAsync("notes", Cancellation)).Instance.State);
    }

    [Fact]
    public async Task Whoever_waits_in_vain_is_refused_in_the_end()
    {
        await using var server = await ServerWorld.StartAsync();
        using var busy = await BusyAsync(server);
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(8, await line.RunAsync("stop", "notes", "--wait-lock", "1s"));

        Assert.Contains("operation.locked", line.Error);
    }

    [Theory]
    [InlineData("notes", "env", "set", "notes", "JSON=mine", "--yes")]
    [InlineData("notes", "secret", "rotate", "notes", "--all", "--yes")]
    [InlineData("notes", "pause", "notes")]
    [InlineData("copy", "clone", "notes", "--as", "copy", "--yes")]
    public async Task Every_command_that_offers_to_wait_does(string busy, params string[] command)
    {
        await using var server = await ServerWorld.StartAsync();
        await server.World.DeployAsync();
        await server.World.Log.BeginAsync(
            new OperationRecord("1", "deploy", busy, "{}", "anna", OperationState.Running, DateTimeOffset.UnixEpoch), Cancellation);
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(8, await line.RunAsync([.. command, "--wait-lock", "1s"]));

        Assert.Contains("wait for its end", line.Error, StringComparison.Ordinal);
        Assert.Contains("operation.locked", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_hangs_up_waits_no_longer()
    {
        await using var server = await ServerWorld.StartAsync();
        var log = server.World.Log;
        await log.BeginAsync(
            new OperationRecord("1", "deploy", "notes", "{}", "anna", OperationState.Running, DateTimeOffset.UnixEpoch), Cancellation);
        using var caller = new CancellationTokenSource();
        var asked = 0;
        var waiting = server.Plane.StartAsync(
            TimeSpan.FromMinutes(5),
            () =>
            {
                asked++;
                return server.Plane.Runner.StartAsync(server.Plane.Instances.Stop, new InstanceRequest(InstanceName.Parse("notes")), "anna", Cancellation);
            },
            caller.Token);
        await Eventually.TrueAsync(() => Task.FromResult(asked > 0), Cancellation);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await log.EndAsync("1", OperationState.Failed, DateTimeOffset.UnixEpoch, result: null, problem: null, Cancellation);

        Assert.Equal("deploy", Assert.Single((await server.Client.OperationsAsync(new OperationQuery("notes"), Cancellation)).Operations).Kind);
    }

    [Fact]
    public async Task What_is_under_way_is_seen_beside_the_instance_and_the_server()
    {
        await using var server = await ServerWorld.StartAsync();
        using var busy = await BusyAsync(server);
        using var apps = new Line(server.Home.ServerSocket);
        using var instance = new Line(server.Home.ServerSocket);
        using var whole = new Line(server.Home.ServerSocket);

        await apps.RunAsync("apps");
        await instance.RunAsync("status", "notes");
        await whole.RunAsync("status");

        Assert.Matches($@"UNDER WAY\s+\n.*deploy by {Environment.UserName} since .*, step \d+ '", apps.Output);
        Assert.Matches(@"under way: deploy by .*, step \d+ '[^']+' \(\w{32}\)", instance.Output);
        Assert.Matches(@"under way notes: deploy by", whole.Output);
    }

    [Fact]
    public async Task A_stuck_operation_is_resumed_by_the_name_of_its_instance()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.AddImage("2.0");
        server.World.Gateway.Answer = (_, _) => new HttpResponseMessage(HttpStatusCode.InternalServerError);
        server.World.Gateway.FailOn(nameof(IGateway.RetractAsync), new Problem(ProblemKind.Unavailable, "gateway.unreachable", "Away.", "Wait."));
        Assert.Equal("stuck", (await server.DeployAsync("notes:2.0")).State);
        using var vain = new Line(server.Home.ServerSocket);
        using var line = new Line(server.Home.ServerSocket);
        using var again = new Line(server.Home.ServerSocket);

        Assert.Equal(9, await vain.RunAsync("operations", "resume", "notes"));
        Assert.Contains("operation.stuck", vain.Error);
        server.World.Gateway.Mend();
        Assert.Equal(0, await line.RunAsync("operations", "resume", "notes"));
        Assert.Contains("The deploy of notes has come to its end: failed. notes is free again.", line.Output);
        Assert.Contains("undo: offer it at the private door", line.Error);
        Assert.Equal(4, await again.RunAsync("operations", "resume", "notes"));
        Assert.Contains("operation.has-ended", again.Error);
    }

    [Fact]
    public async Task The_list_is_filtered_and_goes_on_where_it_ended()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        await server.EndOfAsync(await server.Client.ChangeAsync("notes", "stop", Cancellation));
        await server.EndOfAsync(await server.Client.DestroyAsync("notes", withData: true, acceptDataLoss: false, Cancellation));

        Assert.Equal(["destroy"], await KindsAsync(new OperationQuery(State: "failed")));
        Assert.Equal(["stop"], await KindsAsync(new OperationQuery(Kind: "stop", Since: DateTimeOffset.UtcNow.AddHours(-1))));
        Assert.Empty(await KindsAsync(new OperationQuery(Since: DateTimeOffset.UtcNow.AddHours(1))));
        var first = await server.Client.OperationsAsync(new OperationQuery(Limit: 2), Cancellation);
        var rest = await server.Client.OperationsAsync(new OperationQuery(Before: first.Next, Limit: 2), Cancellation);
        Assert.Equal(["destroy", "stop", "deploy"], first.Operations.Concat(rest.Operations).Select(one => one.Kind));
        Assert.Null(rest.Next);

        using var line = new Line(server.Home.ServerSocket);
        Assert.Equal(0, await line.RunAsync("operations", "list", "--state", "failed", "--since", "1h", "-n", "1"));
        Assert.Contains("destroy notes", line.Output);

        async Task<IEnumerable<string>> KindsAsync(OperationQuery query) =>
            (await server.Client.OperationsAsync(query, Cancellation)).Operations.Select(one => one.Kind);
    }

    [Fact]
    public async Task The_name_of_an_instance_means_its_newest_operation()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var shown = new Line(server.Home.ServerSocket);
        using var followed = new Line(server.Home.ServerSocket);
        using var nobody = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await shown.RunAsync("operations", "show", "notes"));
        Assert.Equal(0, await followed.RunAsync("operations", "show", "notes", "--follow"));
        Assert.Equal(3, await nobody.RunAsync("operations", "show", "nobody"));

        Assert.Contains("deploy notes", shown.Output);
        Assert.Contains("✓ look at what is there", followed.Error);
        Assert.Contains("operation.unknown", nobody.Error);
    }

    [Fact]
    public async Task What_the_reconciler_did_is_told_by_the_status()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        await server.World.Runtime.RemoveAsync(new WorkloadId("nua_notes_app_1"), Cancellation);
        await server.Plane.Reconciler.PassAsync(Cancellation);
        await server.Plane.Runner.WhenIdleAsync();
        using var instance = new Line(server.Home.ServerSocket);
        using var whole = new Line(server.Home.ServerSocket);

        await instance.RunAsync("status", "notes");
        await whole.RunAsync("status");

        Assert.Contains("  app is gone: make it again\n", instance.Output);
        Assert.Matches(@"repairs   1 in the last 24 hours; the last: notes, .*, succeeded", whole.Output);
        Assert.Contains("  app is gone: make it again\n", whole.Output);
    }

    /// <summary>An instance whose second deploy goes on until the returned value is disposed of.</summary>
    private static async Task<IDisposable> BusyAsync(ServerWorld server)
    {
        await server.DeployAsync();
        var busy = server.World.Gateway.Occupy(server.World.Gateway.RouteOf("notes.localhost")!.Address);
        server.World.AddImage("2.0");
        var asked = await server.Client.DeployAsync(new DeployBody("notes:2.0"), Cancellation);
        await server.Client.WatchAsync(asked.Id, Cancellation)
            .FirstAsync(happening => happening is OperationEventView.StepChanged { Step.Name: "retire the old app" }, Cancellation);
        return busy;
    }
}
