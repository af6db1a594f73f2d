using System.Net;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Routing;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

public sealed class DeployInstanceTests
{
    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task A_first_deploy_brings_up_database_volume_network_app_and_route()
    {
        var ended = await _world.DeployAsync();

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_1", "nua_notes_database_1"], _world.Runtime.Running);
        Assert.Equal(["nua_notes"], _world.Runtime.Networks);
        Assert.Equal(["nua_notes_database-data", "nua_notes_uploads"], _world.Runtime.Volumes);
        Assert.Equal(1, _world.Gateway.RouteOf(DeployWorld.Domain)!.Deployment);
        Assert.Null(_world.Gateway.CandidateOf(DeployWorld.Domain));
        Assert.Equal("https://notes.localhost:8443/", DeployWorld.ResultOf(ended).Url);
    }

    [Fact]
    public async Task What_depends_on_a_password_is_a_secret_and_the_rest_is_not()
    {
        await _world.DeployAsync();

        var app = _world.Runtime.SpecOf("nua_notes_app_1");
        var password = (await _world.Vault.ReadAsync(DeployWorld.Notes, Cancellation))[new KeptKey("database", "DB_PASSWORD")].Reveal();

        Assert.Equal($"sql://user_c:{password}@database/x", app.Secrets["DB_URL"].Reveal());
        Assert.Equal(("database", "user_c"), (app.Environment["DB_HOST"], app.Environment["DB_USER"]));
        Assert.Equal("""{"a": {"b": 1}}""", app.Environment["JSON"]);
        Assert.DoesNotContain(app.Environment.Values, value => value.Contains(password));
    }

    [Fact]
    public async Task Nothing_the_journal_keeps_holds_a_password()
    {
        var ended = await _world.DeployAsync();
        var password = (await _world.Vault.ReadAsync(DeployWorld.Notes, Cancellation))[new KeptKey("database", "DB_PASSWORD")].Reveal();

        var steps = await _world.Log.StepsAsync(ended.Id, Cancellation);

        Assert.DoesNotContain(steps, step => $"{step.Result}{step.Detail}".Contains(password));
        Assert.DoesNotContain(password, $"{ended.Request}{ended.Result}");
    }

    [Fact]
    public async Task Deploying_the_same_again_changes_nothing_and_tests_it()
    {
        await _world.DeployAsync();
        var before = _world.Everything;

        var again = DeployWorld.ResultOf(await _world.DeployAsync());

        Assert.Equal((false, 1), (again.Changed, again.Number));
        Assert.NotEmpty(again.Tests);
        Assert.Equal(before, _world.Everything);
    }

    [Fact]
    public async Task A_new_version_replaces_the_app_and_leaves_the_database_running()
    {
        await _world.DeployAsync();
        _world.AddImage("1.1");

        var ended = await _world.DeployAsync("1.1");

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_2", "nua_notes_database_1"], _world.Runtime.Running);
        Assert.Equal(2, _world.Gateway.RouteOf(DeployWorld.Domain)!.Deployment);
    }

    [Fact]
    public async Task Credentials_are_the_same_in_every_deployment()
    {
        await _world.DeployAsync();
        var before = _world.Runtime.SpecOf("nua_notes_app_1").Secrets["DB_URL"];
        _world.AddImage("1.1");

        await _world.DeployAsync("1.1");

        Assert.Equal(before, _world.Runtime.SpecOf("nua_notes_app_2").Secrets["DB_URL"]);
    }

    [Fact]
    public async Task A_version_that_fails_its_tests_leaves_the_old_one_serving_and_no_trace()
    {
        await _world.DeployAsync();
        var before = _world.Everything;
        _world.AddImage("1.1");
        _world.Gateway.Answer = (_, route) => new HttpResponseMessage(
            route.Deployment == 2 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK)
        { Content = new StringContent("oh") };

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal((OperationState.Failed, "deploy.tests-failed"), (ended.State, ended.Problem!.Code));
        Assert.Equal(ProblemKind.TestsFailed, ended.Problem.Kind);
        Assert.Equal(before, _world.Everything);
    }

    [Fact]
    public async Task Visitors_never_meet_a_version_that_was_not_tested()
    {
        await _world.DeployAsync();
        _world.AddImage("1.1");
        var published = new List<int>();
        _world.Gateway.Answer = (_, _) =>
        {
            published.Add(_world.Gateway.RouteOf(DeployWorld.Domain)!.Deployment);
            return new HttpResponseMessage(HttpStatusCode.OK);
        };

        await _world.DeployAsync("1.1");

        Assert.Equal([1], published.Distinct());
    }

    [Theory]
    [InlineData(nameof(IRuntimeDriver.StartAsync), "nua_notes_database_1")]
    [InlineData(nameof(IRuntimeDriver.StartAsync), "nua_notes_app_1")]
    [InlineData(nameof(IRuntimeDriver.EnsureVolumeAsync), "nua_notes_uploads")]
    [InlineData(nameof(IRuntimeDriver.EnsureNetworkAsync), null)]
    public async Task A_first_deploy_that_fails_leaves_nothing(string member, string? target)
    {
        _world.Runtime.FailOn(member, new Problem(ProblemKind.Unavailable, "runtime.disk-full", "Full.", "Free some."), target);

        var ended = await _world.DeployAsync();

        Assert.Equal((OperationState.Failed, "runtime.disk-full"), (ended.State, ended.Problem!.Code));
        AssertNothingIsLeft();
        Assert.Empty(await _world.Vault.ReadAsync(DeployWorld.Notes, Cancellation));
    }

    [Fact]
    public async Task A_gateway_that_refuses_the_switch_leaves_nothing()
    {
        _world.Gateway.FailOn(nameof(IGateway.PublishAsync));

        var ended = await _world.DeployAsync();

        Assert.Equal(OperationState.Failed, ended.State);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_domain_that_another_instance_has_is_refused_before_anything_happens()
    {
        await _world.DeployAsync();

        var ended = await _world.RunAsync(
            new DeployInstance(_world.Seams, _world.Runner), new DeployRequest("notes", InstanceName.Parse("other"), DeployWorld.Domain));

        Assert.Equal("deploy.domain-taken", ended.Problem!.Code);
    }

    [Fact]
    public async Task Moving_the_domain_withdraws_the_old_one()
    {
        await _world.DeployAsync();

        var ended = await _world.DeployAsync(domain: "b.example");

        Assert.Null(ended.Problem);
        Assert.Null(_world.Gateway.RouteOf(DeployWorld.Domain));
        Assert.NotNull(_world.Gateway.RouteOf("b.example"));
    }

    [Fact]
    public async Task Destroy_keeps_the_data_and_a_new_deploy_finds_it()
    {
        await _world.DeployAsync();
        var password = _world.Runtime.SpecOf("nua_notes_app_1").Secrets["DB_PASSWORD"];

        await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes));
        Assert.Empty(_world.Runtime.Running);
        Assert.Empty(_world.Runtime.Networks);
        Assert.Equal(2, _world.Runtime.Volumes.Count);

        await _world.DeployAsync();
        Assert.Equal(password, _world.Runtime.SpecOf("nua_notes_app_2").Secrets["DB_PASSWORD"]);
    }

    [Fact]
    public async Task Destroying_data_needs_proof_or_an_explicit_override()
    {
        await _world.DeployAsync();

        var refused = await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true));
        Assert.Equal("deploy.data-unproven", refused.Problem!.Code);
        Assert.Equal(2, _world.Runtime.Running.Count);

        var ended = await _world.RunAsync(
            new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true, AcceptDataLoss: true));
        var steps = await _world.Log.StepsAsync(ended.Id, Cancellation);
        Assert.Contains(steps, step => step.Name == "give up data that no verified recovery point holds");
        Assert.Empty(_world.Runtime.Volumes);
        Assert.Empty(await _world.Vault.ReadAsync(DeployWorld.Notes, Cancellation));
    }

    [Fact]
    public async Task Stop_and_start_keep_everything_and_the_route_follows()
    {
        await _world.DeployAsync();
        var before = _world.Runtime.Running;

        await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        Assert.Empty(_world.Runtime.Running);
        Assert.Null(_world.Gateway.RouteOf(DeployWorld.Domain));

        await _world.RunAsync(new StartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        Assert.Equal(before, _world.Runtime.Running);
        Assert.NotNull(_world.Gateway.RouteOf(DeployWorld.Domain));
    }

    [Fact]
    public async Task What_was_meddled_with_is_brought_back()
    {
        await _world.DeployAsync();
        await _world.Runtime.RemoveAsync(new WorkloadId("nua_notes_app_1"), Cancellation);
        await _world.Gateway.WithdrawAsync(DeployWorld.Domain, Cancellation);

        await _world.RestartAsync();

        Assert.Equal(["nua_notes_app_1", "nua_notes_database_1"], _world.Runtime.Running);
        Assert.NotNull(_world.Gateway.RouteOf(DeployWorld.Domain));
    }

    [Fact]
    public async Task An_app_that_was_cut_off_from_its_network_is_started_anew()
    {
        await _world.DeployAsync();
        _world.Runtime.CutOff("nua_notes_app_1");

        await _world.RestartAsync();

        var app = await _world.Runtime.FindAsync(new WorkloadId("nua_notes_app_1"), Cancellation);
        Assert.Equal(new Uri($"http://{app!.Address}:8000/"), _world.Gateway.RouteOf(DeployWorld.Domain)!.Address);
        Assert.Empty(_world.Bugs);
    }

    [Fact]
    public async Task Of_two_instances_that_want_one_domain_at_once_one_gets_it()
    {
        var other = InstanceName.Parse("other");
        _world.Probe.BeforeAnswerAsync = async _ =>
        {
            _world.Probe.BeforeAnswerAsync = _ => Task.CompletedTask;
            await _world.Journal.CommitAsync((await OtherDeploymentAsync()) with { Instance = other, Domain = DeployWorld.Domain }, Cancellation);
        };

        var ended = await _world.DeployAsync();

        Assert.Equal((OperationState.Failed, "deploy.domain-taken"), (ended.State, ended.Problem!.Code));
        Assert.Equal(other, Assert.Single(await _world.Journal.InstancesAsync(Cancellation)).Name);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_reconciliation_under_way_gives_way_to_the_operator()
    {
        await _world.DeployAsync();
        await _world.Runtime.RemoveAsync(new WorkloadId("nua_notes_app_1"), Cancellation);
        var asked = new TaskCompletionSource();
        _world.Probe.BeforeAnswerAsync = async token =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        await new Reconciler(_world.Seams, _world.Runner, _world.Log).PassAsync(Cancellation);
        await asked.Task;
        _world.Probe.BeforeAnswerAsync = _ => Task.CompletedTask;

        var ended = await _world.DeployAsync();

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal(["nua_notes_app_1", "nua_notes_database_1"], _world.Runtime.Running);
    }

    [Fact]
    public async Task A_server_that_finds_all_well_starts_nothing()
    {
        await _world.DeployAsync();

        Assert.Empty(await new Reconciler(_world.Seams, _world.Runner, _world.Log).PassAsync(Cancellation));
    }

    [Fact]
    public async Task A_value_that_does_not_persist_is_kept_for_the_version_that_serves()
    {
        _world.AddImage("1.1", "[env.SESSION_KEY]\nrandom = true\npersistent = false");
        _world.AddImage("1.2", "[env.SESSION_KEY]\nrandom = true\npersistent = false");
        await _world.DeployAsync("1.1");
        var before = _world.Runtime.SpecOf("nua_notes_app_1").Secrets["SESSION_KEY"];
        _world.Gateway.Answer = (_, _) => new HttpResponseMessage(HttpStatusCode.InternalServerError);

        await _world.DeployAsync("1.2");
        _world.Gateway.Answer = (_, _) => new HttpResponseMessage(HttpStatusCode.OK);
        await _world.RunAsync(new RestartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        Assert.Equal(before, _world.Runtime.SpecOf("nua_notes_app_1").Secrets["SESSION_KEY"]);

        await _world.DeployAsync("1.2");
        Assert.NotEqual(before, _world.Runtime.SpecOf("nua_notes_app_2").Secrets["SESSION_KEY"]);
    }

    [Fact]
    public async Task A_foreign_image_without_the_agent_gets_its_secrets_as_plain_environment()
    {
        _world.AddImage("1.1", hasAgent: false);

        await _world.DeployAsync("1.1");

        var app = _world.Runtime.SpecOf("nua_notes_app_1");
        Assert.Empty(app.Secrets);
        Assert.Equal(24, app.Environment["DB_PASSWORD"].Length);
    }

    [Fact]
    public async Task The_database_goes_on_with_the_version_that_wrote_its_data()
    {
        _world.SupplyDatabase("1");
        await _world.DeployAsync();
        _world.SupplyDatabase("2", "1");
        _world.AddImage("1.1");

        var ended = await _world.DeployAsync("1.1");

        Assert.Null(ended.Problem);
        Assert.Contains("nua_notes_database_1", _world.Runtime.Running);
    }

    [Fact]
    public async Task A_database_version_that_cannot_read_the_data_is_refused_before_anything_happens()
    {
        _world.SupplyDatabase("1");
        await _world.DeployAsync();
        var before = _world.Everything;
        _world.SupplyDatabase("2");
        _world.AddImage("1.1");

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal("provider.version-in-use", ended.Problem!.Code);
        Assert.Equal(before, _world.Everything);
    }

    [Theory]
    [InlineData("name = \"my_db\"\nmodule-name = \"fake-sql\"\n[[provider]]\nname = \"my-db\"\nmodule-name = \"fake-sql\"")]
    [InlineData("name = \"app\"\nmodule-name = \"fake-sql\"")]
    [InlineData("name = \"up\"\nmodule-name = \"fake-sql\"\n[[volume]]\nname = \"up-data\"\ntarget = \"/up\"")]
    [InlineData("name = \"other\"\nmodule-name = \"fake-sql\"\n[[volume]]\nname = \"uploads\"\ntarget = \"/elsewhere\"")]
    public async Task Names_that_would_be_one_on_the_engine_are_refused(string provider)
    {
        _world.AddImage("1.1", $"[[provider]]\n{provider}");

        var ended = await _world.DeployAsync("1.1");

        Assert.Equal(("deploy.name-clash", ProblemKind.Invalid), (ended.Problem?.Code, ended.Problem?.Kind));
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/var/run/docker.sock", false)]
    [InlineData("/srv/../etc", false)]
    [InlineData("/var", false)]
    [InlineData("/proc/self/root/etc", false)]
    [InlineData("/srv/files", true)]
    public async Task A_volume_may_be_a_folder_of_the_host_but_not_the_host(string folder, bool allowed)
    {
        _world.AddImage("1.1", $"[[volume]]\ntype = \"directory\"\nname = \"{folder}\"\ntarget = \"/x\"");
        _world.AddImage(
            "1.2", $"[[volume]]\nname = \"x\"\ntarget = \"/x\"\noptions = {{ type = \"none\", o = \"bind\", device = \"{folder}\" }}");

        foreach (var version in new[] { "1.1", "1.2" })
        {
            var ended = await _world.DeployAsync(version);
            Assert.True(_world.Bugs.Count == 0, string.Join('\n', _world.Bugs));
            Assert.Equal(allowed ? null : "deploy.host-folder-refused", ended.Problem?.Code);
        }
    }

    [Fact]
    public async Task A_link_to_the_host_is_no_way_round()
    {
        var folder = Directory.CreateTempSubdirectory("nua-link-");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "root"), "/");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "etc"), "root/etc");
        _world.AddImage("1.1", $"[[volume]]\ntype = \"directory\"\nname = \"{folder.FullName}/etc/ssl\"\ntarget = \"/x\"");

        var ended = await _world.DeployAsync("1.1");
        folder.Delete(recursive: true);

        Assert.Equal("deploy.host-folder-refused", ended.Problem?.Code);
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("type = \"overlay\", device = \"overlay\", o = \"lowerdir=/etc:/srv\"", false)]
    [InlineData("type = \"none\", o = \"bind\", device = \"etc\"", false)]
    [InlineData("type = \"nfs\", o = \"addr=192.0.2.1\", device = \":/export\"", true)]
    public async Task What_a_driver_is_told_may_not_be_the_host_in_disguise(string options, bool allowed)
    {
        _world.AddImage("1.1", $"[[volume]]\nname = \"x\"\ntarget = \"/x\"\noptions = {{ {options} }}");

        Assert.Equal(allowed ? null : "deploy.host-folder-refused", (await _world.DeployAsync("1.1")).Problem?.Code);
    }

    [Fact]
    public async Task A_version_that_cannot_be_recorded_gives_port_and_route_back_to_the_old_one()
    {
        _world.AddImage("1.1", "[port.smtp]\ncontainer = 25\nhost = 2525");
        _world.AddImage("1.2", "[port.smtp]\ncontainer = 25\nhost = 2525\n[docker]\nhostname = \"new\"");
        await _world.DeployAsync("1.1");
        _world.Journal.FailNextCommit = true;

        var ended = await _world.DeployAsync("1.2");

        Assert.Equal(OperationState.Failed, ended.State);
        Assert.Contains("nua_notes_app_1", _world.Runtime.Running);
        Assert.Equal(1, _world.Gateway.RouteOf(DeployWorld.Domain)!.Deployment);
    }

    [Fact]
    public async Task Mounts_that_have_no_name_on_the_engine_cannot_clash()
    {
        _world.AddImage(
            "1.1",
            """
            [[provider]]
            name = "cache"
            module-name = "fake-sql"
            volume = [{ type = "tmpfs", target = "/a" }, { type = "tmpfs", target = "/b" }]
            """);

        Assert.Null((await _world.DeployAsync("1.1")).Problem);
    }

    [Fact]
    public async Task A_build_under_the_same_name_does_not_change_what_an_instance_runs()
    {
        var tested = _world.AddImage("1.0");
        await _world.DeployAsync();
        _world.AddImage("1.0", config => config.Replace("Notes", "Other notes"));
        await _world.Runtime.RemoveAsync(new WorkloadId("nua_notes_app_1"), Cancellation);

        await _world.RestartAsync();

        Assert.Equal(tested.Id, _world.Runtime.SpecOf("nua_notes_app_1").Image);
    }

    [Fact]
    public async Task A_version_without_a_web_face_takes_the_route_of_its_predecessor_away()
    {
        await _world.DeployAsync();
        _world.AddImage("1.1", config => config.Replace("[port.web]\ncontainer = 8000", ""));

        var ended = await _world.DeployAsync("1.1");

        Assert.Null(ended.Problem);
        Assert.Null(_world.Gateway.RouteOf(DeployWorld.Domain));
    }

    [Fact]
    public async Task Destroying_the_data_of_a_removed_instance_leaves_the_new_owner_of_its_domain_alone()
    {
        var other = InstanceName.Parse("other");
        await _world.DeployAsync();
        await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes));
        await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), new DeployRequest("notes", other, DeployWorld.Domain));

        await _world.RunAsync(
            new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true, AcceptDataLoss: true));

        Assert.Equal("other", _world.Gateway.RouteOf(DeployWorld.Domain)?.Instance);
    }

    [Fact]
    public async Task A_redeploy_asks_for_the_domain_it_has_and_for_no_other()
    {
        await _world.DeployAsync(domain: "a.example");
        await _world.RunAsync(
            new DeployInstance(_world.Seams, _world.Runner), new DeployRequest("notes", InstanceName.Parse("other"), DeployWorld.Domain));
        _world.AddImage("1.1");

        Assert.Null((await _world.DeployAsync("1.1")).Problem);
    }

    [Fact]
    public async Task A_path_keeps_its_case_and_is_where_the_tests_ask()
    {
        var ended = await _world.DeployAsync(domain: "Example.org/Wiki");

        Assert.Null(ended.Problem);
        Assert.Equal("example.org/Wiki", _world.Gateway.RouteOf("example.org/Wiki")?.Domain);
        Assert.Equal("https://example.org:8443/Wiki", DeployWorld.ResultOf(ended).Url);
    }

    /// <summary>A deployment of another server, to be recorded here.</summary>
    private static async Task<Deployment> OtherDeploymentAsync()
    {
        var other = new DeployWorld();
        await other.DeployAsync();
        return (await other.Journal.DeploymentAsync(DeployWorld.Notes, 1, Cancellation))!;
    }

    private void AssertNothingIsLeft()
    {
        Assert.Empty(_world.Runtime.Running);
        Assert.Empty(_world.Runtime.Networks);
        Assert.Empty(_world.Runtime.Volumes);
        Assert.Null(_world.Gateway.RouteOf(DeployWorld.Domain));
        Assert.Null(_world.Gateway.CandidateOf(DeployWorld.Domain));
    }
}
