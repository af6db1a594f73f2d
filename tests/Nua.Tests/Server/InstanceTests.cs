using Nua.Api;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Server;

public sealed class InstanceTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task A_deploy_is_followed_step_by_step_to_its_address()
    {
        await using var server = await ServerWorld.StartAsync();

        var asked = await server.Client.DeployAsync(new DeployBody("notes"), Cancellation);
        var events = await server.Client.WatchAsync(asked.Id, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(("deploy", "notes", Environment.UserName), (asked.Kind, asked.Subject, asked.StartedBy));
        Assert.Contains(events, happening => happening is OperationEventView.StepChanged { Step: { Name: "start app", State: "done" } });
        var ended = Assert.IsType<OperationEventView.Ended>(events[^1]).Operation;
        Assert.Equal("succeeded", ended.State);
        Assert.Equal("https://notes.localhost:8443/", ended.Result!.Value.GetProperty("url").GetString());
    }

    [Fact]
    public async Task An_instance_is_shown_with_all_its_parts()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var detail = await server.Client.InstanceAsync("notes", Cancellation);

        Assert.Equal(detail.Instance, Assert.Single((await server.Client.InstancesAsync(Cancellation)).Instances));
        Assert.Equal(
            ("notes", "running", 1, "https://notes.localhost:8443/"),
            (detail.Instance.Name, detail.Instance.State, detail.Instance.Deployment, detail.Instance.Url));
        Assert.Equal(["database running", "app running"], detail.Workloads.Select(workload => $"{workload.Role} {workload.Status}"));
        Assert.Equal(2, detail.Volumes.Count);
        Assert.Equal("deploy", detail.LastOperation!.Kind);
    }

    [Fact]
    public async Task The_state_tells_a_broken_app_from_a_broken_provider_and_from_an_engine_that_is_away()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        server.World.Runtime.Crash("nua_notes_database_1");
        Assert.Equal("degraded", await StateAsync());

        server.World.Runtime.Crash("nua_notes_app_1", exitCode: 3);
        Assert.Equal("down", await StateAsync());

        server.World.Runtime.FailOn(nameof(IRuntimeDriver.ListAsync), new(default, "runtime.unreachable", "Away.", "Wait."));
        Assert.Equal("unknown", await StateAsync());

        async Task<string> StateAsync() => (await server.Client.InstanceAsync("notes", Cancellation)).Instance.State;
    }

    [Theory]
    [InlineData("stop", "stopped")]
    [InlineData("restart", "running")]
    [InlineData("pause", "paused")]
    [InlineData("unpause", "running")]
    public async Task A_life_is_changed_by_an_operation(string verb, string state)
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var ended = await server.EndOfAsync(await server.Client.ChangeAsync("notes", verb, Cancellation));

        Assert.Equal((verb, "succeeded"), (ended.Kind, ended.State));
        Assert.Equal(state, (await server.Client.InstanceAsync("notes", Cancellation)).Instance.State);
    }

    [Fact]
    public async Task Destroying_keeps_the_data_and_destroying_the_data_takes_an_explicit_word()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var refused = await server.EndOfAsync(await server.Client.DestroyAsync("notes", withData: true, acceptDataLoss: false, Cancellation));
        Assert.Equal(("failed", "deploy.data-unproven", 4), (refused.State, refused.Problem!.Code, refused.Problem.Exit));

        await server.EndOfAsync(await server.Client.DestroyAsync("notes", withData: false, acceptDataLoss: false, Cancellation));
        Assert.Empty((await server.Client.InstancesAsync(Cancellation)).Instances);
        Assert.Equal(2, server.World.Runtime.Volumes.Count);
    }

    [Fact]
    public async Task A_plan_takes_the_body_of_a_deployment_and_says_what_that_would_do()
    {
        await using var server = await ServerWorld.StartAsync();

        var first = await server.Client.PlanAsync(new PlanBody("notes", "mine", "mine.localhost"), Cancellation);
        await server.EndOfAsync(await server.Client.DeployAsync(new DeployBody("notes", "mine", "mine.localhost"), Cancellation));
        var again = await server.Client.PlanAsync(new PlanBody("notes", "mine"), Cancellation);

        Assert.Equal(("new", true, "https://mine.localhost:8443/"), (first.Strategy, first.Changes, first.Url));
        Assert.Equal(["create", "create"], first.Volumes.Select(volume => volume.Fate));
        Assert.Equal(("update", false, 1), (again.Strategy, again.Changes, again.Number));
    }

    [Fact]
    public async Task A_plan_of_what_would_be_refused_is_that_refusal()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var refusal = await Assert.ThrowsAsync<ApiException>(() => server.Client.PlanAsync(
            new PlanBody("notes", "other", "notes.localhost/x"), Cancellation));

        Assert.Equal(("deploy.host-shared", 4), (refusal.Problem.Code, refusal.Problem.Exit));
    }

    [Fact]
    public async Task Another_app_takes_the_name_when_both_words_are_given()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.AddOtherApp();

        var body = new DeployBody("wiki", "notes", Replace: true);
        var refused = await server.EndOfAsync(await server.Client.DeployAsync(body, Cancellation));
        var plan = await server.Client.PlanAsync(new PlanBody("wiki", "notes", Replace: true), Cancellation);
        var ended = await server.EndOfAsync(await server.Client.DeployAsync(body with { AcceptDataLoss = true }, Cancellation));

        Assert.Equal("deploy.data-unproven", refused.Problem!.Code);
        Assert.Equal(("replace", "deploy.data-unproven"), (plan.Strategy, plan.Refusal!.Code));
        Assert.Equal("succeeded", ended.State);
    }

    [Fact]
    public async Task History_says_which_deployment_serves()
    {
        await using var server = await ServerWorld.StartAsync();
        server.World.AddImage("2.0");
        await server.DeployAsync("notes:1.0");
        await server.DeployAsync("notes:2.0");

        var history = (await server.Client.DeploymentsAsync("notes", Cancellation)).Deployments;

        Assert.Equal(["2 nua-notes:2.0 True", "1 nua-notes:1.0 False"], history.Select(one => $"{one.Number} {one.Image} {one.Current}"));
    }

    [Fact]
    public async Task The_environment_is_shown_without_its_secrets()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var variables = (await server.Client.EnvironmentAsync("notes", Cancellation)).Variables;

        Assert.Contains(new VariableView("app", "JSON", """{"a": {"b": 1}}""", Secret: false), variables);
        Assert.Contains(new VariableView("app", "DB_PASSWORD", Value: null, Secret: true, "provider", "database"), variables);
        Assert.Contains(new VariableView("app", "DB_URL", Value: null, Secret: true, "provider", "database"), variables);
    }

    [Fact]
    public async Task Who_asks_for_what_is_not_there_is_told_so()
    {
        await using var server = await ServerWorld.StartAsync();

        var unknown = await Assert.ThrowsAsync<ApiException>(() => server.Client.InstanceAsync("nobody", Cancellation));
        var badName = await Assert.ThrowsAsync<ApiException>(() => server.Client.InstanceAsync("../etc", Cancellation));

        Assert.Equal(("deploy.no-instance", 404, 3), (unknown.Problem.Code, unknown.Problem.Status, unknown.Problem.Exit));
        Assert.Equal(("instance.bad-name", 400, 2), (badName.Problem.Code, badName.Problem.Status, badName.Problem.Exit));
    }

    [Fact]
    public async Task A_sites_file_names_the_instance_and_its_domain()
    {
        await using var server = await ServerWorld.StartAsync();
        const string sites = "[[site]]\nimage = \"notes\"\ndomain = \"a.localhost\"\nlabel = \"First\"\n[[site]]\nimage = \"notes\"\ndomain = \"b.localhost\"\nlabel = \"Second Notes\"\n";

        var ended = await server.EndOfAsync(
            await server.Client.DeployAsync(new DeployBody(Site: new SiteBody("sites.toml", sites, 1)), Cancellation));

        Assert.Equal(("second-notes", "succeeded"), (ended.Subject, ended.State));
        Assert.Equal("b.localhost", (await server.Client.InstanceAsync("second-notes", Cancellation)).Instance.Domain);
    }
}
