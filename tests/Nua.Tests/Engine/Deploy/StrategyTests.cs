using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>What a deploy is to what is there: update, move, replace, or a refusal that says who is in the way.</summary>
public sealed class StrategyTests
{
    private readonly DeployWorld _world = new();

    [Fact]
    public async Task The_old_domain_is_answered_on_until_the_new_one_serves()
    {
        await _world.DeployAsync();
        var oldRoute = (Route?)null;
        _world.Probe.BeforeAnswerAsync = _ =>
        {
            oldRoute = _world.Gateway.RouteOf(DeployWorld.Domain);
            return Task.CompletedTask;
        };
        _world.AddImage("1.1");

        await _world.DeployAsync("1.1", "b.example");

        Assert.NotNull(oldRoute);
        Assert.Null(_world.Gateway.RouteOf(DeployWorld.Domain));
        Assert.NotNull(_world.Gateway.RouteOf("b.example"));
    }

    [Fact]
    public async Task A_move_that_fails_leaves_the_old_domain()
    {
        await _world.DeployAsync();
        _world.Journal.FailNextCommit = true;

        await _world.DeployAsync(domain: "b.example");

        Assert.NotNull(_world.Gateway.RouteOf(DeployWorld.Domain));
        Assert.Null(_world.Gateway.RouteOf("b.example"));
    }

    [Theory]
    [InlineData("a.example", "a.example", "deploy.domain-taken")]
    [InlineData("a.example", "a.example/wiki", "deploy.host-shared")]
    [InlineData("a.example/wiki", "a.example", "deploy.host-shared")]
    [InlineData("a.example/wiki", "a.example/notes", null)]
    [InlineData("a.example/wiki", "a.example/wiki/notes", null)]
    [InlineData("a.example", "b.a.example", null)]
    public async Task A_host_is_one_instances_or_each_has_a_path_of_it(string there, string wanted, string? code)
    {
        await _world.DeployAsync(domain: there);

        var ended = await _world.RunAsync(
            new DeployInstance(_world.Seams, _world.Runner), new DeployRequest("notes", InstanceName.Parse("other"), wanted));

        Assert.Equal(code, ended.Problem?.Code);
        if (code is not null)
        {
            Assert.Contains("'notes'", ended.Problem!.Message);
        }
    }

    [Fact]
    public async Task Another_app_is_refused_the_name_unless_it_is_to_replace_the_first()
    {
        _world.AddOtherApp();
        await _world.DeployAsync();
        var before = _world.Everything;

        var ended = await _world.ReplaceAsync(replace: false);

        Assert.Equal("deploy.other-app", ended.Problem!.Code);
        Assert.Equal(before, _world.Everything);
    }

    [Fact]
    public async Task Replacing_an_app_passes_the_gate_that_guards_data()
    {
        _world.AddOtherApp();
        await _world.DeployAsync();
        var before = _world.Everything;

        var ended = await _world.ReplaceAsync(acceptDataLoss: false);

        Assert.Equal("deploy.data-unproven", ended.Problem!.Code);
        Assert.Equal(["volume nua_notes_database-data", "volume nua_notes_uploads"], ended.Problem.Details);
        Assert.Equal(before, _world.Everything);
    }

    [Fact]
    public async Task A_replaced_app_leaves_nothing_to_its_successor()
    {
        _world.AddOtherApp();
        await _world.DeployAsync();
        var password = _world.Runtime.SpecOf("nua_notes_app_1").Secrets["DB_PASSWORD"].Reveal();

        var ended = await _world.ReplaceAsync();

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_2", "nua_notes_database_2"], _world.Runtime.Running);
        Assert.Equal(["nua_notes_database-data_2", "nua_notes_uploads_2"], _world.Runtime.Volumes);
        Assert.Equal(["nua_notes_2"], _world.Runtime.Networks);
        Assert.NotEqual(password, _world.Runtime.SpecOf("nua_notes_app_2").Secrets["DB_PASSWORD"].Reveal());
        Assert.Equal("wiki", (await _world.Journal.FindAsync(DeployWorld.Notes, DeployWorld.Cancellation))!.AppId);
    }

    [Fact]
    public async Task What_was_given_up_stands_in_the_operations_journal()
    {
        _world.AddOtherApp();
        await _world.DeployAsync();

        var ended = await _world.ReplaceAsync();

        var steps = await _world.Log.StepsAsync(ended.Id, DeployWorld.Cancellation);
        var gate = Assert.Single(steps, step => step.Name == "give up data that no verified recovery point holds");
        Assert.Equal("""{"basis":"override","volumes":["nua_notes_database-data","nua_notes_uploads"]}""", gate.Result);
    }

    [Fact]
    public async Task An_app_whose_successor_fails_its_tests_serves_on_with_its_data()
    {
        _world.AddOtherApp("[[test]]\ncommand = \"false\"");
        await _world.DeployAsync();
        var before = _world.Everything;
        _world.Runtime.OnExec = (_, command) => command.Arguments.Contains("false") ? new ExecOutcome(1, "", "no") : null;

        var ended = await _world.ReplaceAsync();

        Assert.Equal(ProblemKind.TestsFailed, ended.Problem!.Kind);
        Assert.Equal(before, _world.Everything);
    }

    [Fact]
    public async Task The_successor_goes_on_with_its_own_data()
    {
        _world.AddOtherApp();
        await _world.DeployAsync();
        await _world.ReplaceAsync();
        var volumes = _world.Runtime.Volumes;

        var again = await _world.ReplaceAsync(replace: false, acceptDataLoss: false);

        Assert.False(DeployWorld.ResultOf(again).Changed);
        Assert.Equal(volumes, _world.Runtime.Volumes);
    }

    [Fact]
    public async Task The_data_of_an_app_that_was_removed_is_guarded_too()
    {
        _world.AddOtherApp();
        await _world.DeployAsync();
        await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes));

        Assert.Equal("deploy.other-app", (await _world.ReplaceAsync(replace: false)).Problem!.Code);
        Assert.Equal("deploy.data-unproven", (await _world.ReplaceAsync(acceptDataLoss: false)).Problem!.Code);
        Assert.Null((await _world.ReplaceAsync()).Problem);
        Assert.Equal(["nua_notes_database-data_2", "nua_notes_uploads_2"], _world.Runtime.Volumes);
    }

    [Fact]
    public async Task What_was_destroyed_with_its_data_is_nobodys_any_more()
    {
        _world.AddOtherApp();
        await _world.DeployAsync();
        await _world.RunAsync(
            new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true, AcceptDataLoss: true));

        Assert.Null((await _world.ReplaceAsync(replace: false, acceptDataLoss: false)).Problem);
    }

    [Fact]
    public async Task A_service_that_is_no_longer_wanted_serves_the_old_version_to_its_end()
    {
        _world.AddImageWithPart("1.1");
        await _world.DeployAsync("1.1");
        _world.AddImage("1.2");

        var ended = await _world.DeployAsync("1.2");

        var steps = (await _world.Log.StepsAsync(ended.Id, DeployWorld.Cancellation)).Select(step => step.Name).ToList();
        Assert.DoesNotContain("stop the old worker", steps);
        Assert.True(steps.IndexOf("retire the old app") < steps.IndexOf("retire the old worker"));
    }
}
