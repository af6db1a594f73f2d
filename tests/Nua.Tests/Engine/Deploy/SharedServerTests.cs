using Nua.Core;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Cloning;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Instances whose databases lie in one server.</summary>
public sealed class SharedServerTests
{
    private const string Server = "nua_shared-fake-sql-2_app_1";
    private static readonly InstanceName Shared = InstanceName.Parse("shared-fake-sql-2");
    private static readonly InstanceName Wiki = InstanceName.Parse("wiki");
    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task The_first_who_asks_for_it_has_the_server_made_and_a_database_of_its_own_in_it()
    {
        var ended = await _world.ShareAsync();

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_1", Server], _world.Runtime.Running);
        Assert.Equal(["nua_notes", "nua_shared-fake-sql-2"], _world.Runtime.Networks);
        Assert.Equal(["nua_notes_uploads", "nua_shared-fake-sql-2_data"], _world.Runtime.Volumes);
        Assert.Equal([$"{Server} as database"], _world.Runtime.GuestsOf("nua_notes"));
        var (user, (mark, password)) = Assert.Single(_world.Server.Tenants);
        Assert.Equal($"nua notes 0 database {ended.Id}", mark);
        var app = _world.Runtime.SpecOf("nua_notes_app_1");
        Assert.Equal((user, "database", password), (app.Environment["DB_USER"], app.Environment["DB_HOST"], app.Secrets["DB_PASSWORD"]));
        Assert.DoesNotContain(_world.Runtime.SpecOf(Server).Secrets["DB_PASSWORD"], app.Secrets.Values);
        Assert.NotEqual(user, _world.Runtime.SpecOf(Server).Environment["DB_USER"]);
    }

    [Fact]
    public async Task A_second_instance_has_another_database_in_the_same_server_and_a_network_of_its_own()
    {
        await _world.ShareAsync();
        var ended = await _world.ShareAsync("wiki");

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_1", Server, "nua_wiki_app_1"], _world.Runtime.Running);
        Assert.Equal([$"{Server} as database"], _world.Runtime.GuestsOf("nua_wiki"));
        Assert.Equal(2, _world.Server.Tenants.Count);
        Assert.Equal(2, _world.Server.Tenants.Values.Select(tenant => tenant.Password).Distinct().Count());
        Assert.DoesNotContain((await _world.Log.StepsAsync(ended.Id, Cancellation)), step => step.Name.StartsWith("make the shared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_who_ask_for_it_at_once_share_one_server()
    {
        List<string> names = ["notes", "wiki", "blog"];
        foreach (var name in names)
        {
            var request = new DeployRequest("nua-notes:1.0", InstanceName.Parse(name)) { Share = ["database"] };
            await _world.Runner.StartAsync(new DeployInstance(_world.Seams, _world.Runner), request, "somebody", Cancellation);
        }

        await IdleAsync();

        Assert.All(await _world.Log.ListAsync(new OperationFilter(), 10, Cancellation), operation => Assert.Null(operation.Problem));
        Assert.Equal(["nua_blog_app_1", "nua_notes_app_1", Server, "nua_wiki_app_1"], _world.Runtime.Running);
        Assert.Equal(3, _world.Server.Tenants.Count);
    }

    [Fact]
    public async Task A_redeploy_keeps_what_was_chosen()
    {
        await _world.ShareAsync();
        var same = await _world.DeployAsync();
        _world.AddImage("1.1");
        var next = await _world.DeployAsync("1.1");

        Assert.False(DeployWorld.ResultOf(same).Changed);
        Assert.Null(next.Problem);
        Assert.Equal(["nua_notes_app_2", Server], _world.Runtime.Running);
        Assert.Single(_world.Server.Tenants);
        Assert.Equal([$"{Server} as database"], _world.Runtime.GuestsOf("nua_notes"));
    }

    [Fact]
    public async Task A_sites_file_says_it_too()
    {
        var ended = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), OfSite("true"));
        var back = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), OfSite("false"));

        Assert.Null(ended.Problem);
        Assert.Equal("share.data-does-not-move", back.Problem?.Code);
        Assert.Equal(["nua_notes_app_1", Server], _world.Runtime.Running);
    }

    [Fact]
    public async Task Data_moves_neither_into_a_shared_server_nor_out_of_it_by_itself()
    {
        await _world.DeployAsync();
        var refused = await _world.ShareAsync();
        await DestroyAsync("notes");
        var removed = await _world.ShareAsync();
        await DestroyAsync("notes", withData: true);
        var afresh = await _world.ShareAsync();

        Assert.Equal("share.data-does-not-move", refused.Problem?.Code);
        Assert.Equal("share.data-does-not-move", removed.Problem?.Code);
        Assert.Null(afresh.Problem);
        Assert.Equal(["nua_notes_app_2", Server], _world.Runtime.Running);
    }

    [Fact]
    public async Task Only_what_can_be_shared_is()
    {
        var unknown = await DeployAsync("nua-notes:1.0", "cache");
        _world.AddImage("1.1", "[provider.run]\npost-run = [\"true\"]");
        var runs = await DeployAsync("nua-notes:1.1");
        _world.AddImage("1.2", "[provider.port.sql]\ncontainer = 5432\nhost = 5432");
        var publishes = await DeployAsync("nua-notes:1.2");
        _world.Supply(new FixedDatabase());
        var holdsNone = await DeployAsync("nua-notes:1.0");

        Assert.Equal("share.unknown-provider", unknown.Problem?.Code);
        Assert.All([runs, publishes, holdsNone], ended => Assert.Equal("share.cannot-be-shared", ended.Problem?.Code));
        Assert.Empty(_world.Runtime.Running);
        Assert.Empty(_world.Runtime.Volumes);
    }

    [Fact]
    public async Task Nobody_lives_in_a_server_of_ones_own_name()
    {
        var alone = await _world.ShareAsync("shared-fake-sql-2");
        await _world.ShareAsync();
        await DestroyAsync("notes", withData: true);
        await DestroyAsync("shared-fake-sql-2");
        var after = await _world.ShareAsync("shared-fake-sql-2");

        Assert.Equal("share.is-shared-server", alone.Problem?.Code);
        Assert.Equal("deploy.other-app", after.Problem?.Code);
        Assert.Empty(_world.Runtime.Running);
    }

    [Fact]
    public async Task An_app_that_has_the_name_of_the_server_is_left_alone()
    {
        await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), new DeployRequest("nua-notes:1.0", Shared));
        var before = _world.Runtime.Running;
        var taken = await _world.ShareAsync();
        var unused = await _world.RunAsync(
            new DestroyInstance(_world.Seams), new DestroyRequest(Shared, WithData: true) { IsUnused = true });

        Assert.All([taken, unused], ended => Assert.Equal((OperationState.Failed, "share.name-taken"), (ended.State, ended.Problem?.Code)));
        Assert.Equal(before, _world.Runtime.Running);
    }

    [Fact]
    public async Task It_is_not_destroyed_nor_stopped_nor_replaced_while_somebody_lives_in_it()
    {
        await _world.ShareAsync();
        await _world.ShareAsync("wiki");
        await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(Wiki));

        var stopped = await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(Shared));
        var paused = await _world.RunAsync(new PauseInstance(_world.Seams), new InstanceRequest(Shared));
        var destroyed = await DestroyAsync("shared-fake-sql-2", withData: true);
        var replaced = await _world.RunAsync(
            new DeployInstance(_world.Seams, _world.Runner),
            new DeployRequest("nua-notes:1.0", Shared) { Replace = true, AcceptDataLoss = true });

        Assert.All([stopped, paused, destroyed], ended => Assert.Equal("share.in-use", ended.Problem?.Code));
        Assert.Contains("'notes'", stopped.Problem!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'wiki'", stopped.Problem!.Message, StringComparison.Ordinal);
        Assert.Contains("'notes', 'wiki'", destroyed.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal("share.is-shared-server", replaced.Problem?.Code);
        Assert.Equal(["nua_notes_app_1", Server], _world.Runtime.Running);
    }

    [Fact]
    public async Task It_is_stopped_and_destroyed_when_nobody_needs_it()
    {
        await _world.ShareAsync();
        await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        var stopped = await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(Shared));
        var early = await _world.RunAsync(new StartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        var late = await DestroyAsync("notes", withData: true);
        await _world.RunAsync(new StartInstance(_world.Seams), new InstanceRequest(Shared));
        var destroyed = await DestroyAsync("notes", withData: true);
        var unproven = await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(Shared, WithData: true));
        var gone = await DestroyAsync("shared-fake-sql-2", withData: true);

        Assert.Null(stopped.Problem);
        Assert.All([early, late], ended => Assert.Equal("share.server-at-rest", ended.Problem?.Code));
        Assert.Equal("deploy.data-unproven", unproven.Problem?.Code);
        Assert.All([destroyed, gone], ended => Assert.Null(ended.Problem));
        Assert.Empty(_world.Runtime.Running);
        Assert.Empty(_world.Runtime.Volumes);
        Assert.Empty(_world.Runtime.Networks);
    }

    [Fact]
    public async Task A_tenant_that_is_destroyed_leaves_its_database_and_comes_back_to_it()
    {
        await _world.ShareAsync();
        await _world.ShareAsync("wiki");
        await DestroyAsync("notes");
        var left = _world.Server.Tenants.Count;
        var back = await _world.DeployAsync();

        Assert.Equal(2, left);
        Assert.Null(back.Problem);
        Assert.Equal(2, _world.Server.Tenants.Count);
        Assert.Equal([$"{Server} as database"], _world.Runtime.GuestsOf("nua_notes"));
    }

    [Fact]
    public async Task A_tenant_that_is_destroyed_with_its_data_passes_the_gate_and_harms_no_other()
    {
        await _world.ShareAsync();
        await _world.ShareAsync("wiki");
        var refused = await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true));
        var destroyed = await DestroyAsync("notes", withData: true);

        Assert.Equal("deploy.data-unproven", refused.Problem?.Code);
        Assert.Contains("database database in shared-fake-sql-2", refused.Problem!.Details);
        Assert.Null(destroyed.Problem);
        Assert.StartsWith("nua wiki ", Assert.Single(_world.Server.Tenants).Value.Mark, StringComparison.Ordinal);
        Assert.Equal([Server, "nua_wiki_app_1"], _world.Runtime.Running);
        Assert.Equal(["nua_shared-fake-sql-2", "nua_wiki"], _world.Runtime.Networks);
    }

    [Fact]
    public async Task A_server_that_was_made_anew_or_taken_out_of_a_network_is_let_in_again()
    {
        await _world.ShareAsync();
        await _world.ShareAsync("wiki");
        await _world.Runtime.RemoveAsync(new WorkloadId(Server), Cancellation);
        await _world.RestartAsync();
        var again = _world.Runtime.GuestsOf("nua_notes").Concat(_world.Runtime.GuestsOf("nua_wiki")).ToList();

        await _world.Runtime.LeaveAsync(new WorkloadId(Server), "nua_notes", Cancellation);
        var before = _world.Server.Tenants.Single(tenant => tenant.Value.Mark.Contains("notes"));
        _world.Server.Tenants.Clear();
        await _world.RestartAsync();

        Assert.Equal([$"{Server} as database", $"{Server} as database"], again);
        Assert.Equal([$"{Server} as database"], _world.Runtime.GuestsOf("nua_notes"));
        Assert.Equal(before, Assert.Single(_world.Server.Tenants));
    }

    [Fact]
    public async Task A_user_that_is_missing_is_made_again_with_its_password_when_its_instance_is_restarted()
    {
        await _world.ShareAsync();
        var before = _world.Server.Tenants.ToList();
        _world.Server.Tenants.Clear();

        await _world.RunAsync(new RestartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));

        Assert.Equal(before, [.. _world.Server.Tenants]);
    }

    [Fact]
    public async Task A_rotation_changes_the_password_in_the_server_and_puts_it_back_when_the_app_does_not_pass()
    {
        await _world.ShareAsync();
        var first = Assert.Single(_world.Server.Tenants);
        var rotated = await _world.RotateAsync("DB_PASSWORD");
        var second = Assert.Single(_world.Server.Tenants);
        _world.Runtime.FailOn(nameof(IRuntimeDriver.StartAsync), Trouble, "nua_notes_app_3");
        var failed = await _world.RotateAsync("DB_PASSWORD");

        Assert.Null(rotated.Problem);
        Assert.Equal(first.Key, second.Key);
        Assert.NotEqual(first.Value.Password, second.Value.Password);
        Assert.Equal(second.Value.Password, _world.Runtime.SpecOf("nua_notes_app_2").Secrets["DB_PASSWORD"]);
        Assert.Equal("some.trouble", failed.Problem?.Code);
        Assert.Equal(second, Assert.Single(_world.Server.Tenants));
        Assert.DoesNotContain($"RemoveAsync {Server}", _world.Runtime.Calls);
    }

    [Fact]
    public async Task The_servers_own_password_is_changed_while_it_runs()
    {
        await _world.ShareAsync();
        var ended = await _world.RunAsync(new RotateSecrets(_world.Seams), new RotateRequest(Shared, []));

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_1", Server], _world.Runtime.Running);
        Assert.Equal([$"{Server} as database"], _world.Runtime.GuestsOf("nua_notes"));
        Assert.DoesNotContain($"RemoveAsync {Server}", _world.Runtime.Calls);
    }

    [Fact]
    public async Task Another_container_of_the_server_takes_the_place_of_the_old_one_which_is_stopped_first()
    {
        await _world.ShareAsync();
        var wish = new ValuesWish(Shared, [new WishedValue(new VariableKey("app", "TUNING"), new Secret("1"), IsSecret: false)], []);
        var ended = await _world.RunAsync(
            new ConfigureInstance(_world.Seams), await new TakeValues(_world.Seams).TakeAsync(wish, Cancellation));

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_1", "nua_shared-fake-sql-2_app_2"], _world.Runtime.Running);
        Assert.Equal(["nua_shared-fake-sql-2_app_2 as database"], _world.Runtime.GuestsOf("nua_notes"));
        var calls = _world.Runtime.Calls.ToList();
        Assert.True(calls.IndexOf($"StopAsync {Server}") < calls.IndexOf("StartAsync nua_shared-fake-sql-2_app_2"));
    }

    [Fact]
    public async Task A_deploy_that_fails_leaves_nothing_of_the_server_nor_in_one_that_others_share()
    {
        _world.Runtime.FailOn(nameof(IRuntimeDriver.StartAsync), Trouble, "nua_notes_app_1");
        var alone = await _world.ShareAsync();
        var (running, volumes, networks) = (_world.Runtime.Running, _world.Runtime.Volumes, _world.Runtime.Networks);
        await _world.ShareAsync("wiki");
        var beside = await _world.ShareAsync();

        Assert.Equal("some.trouble", alone.Problem?.Code);
        Assert.Empty(running.Concat(volumes).Concat(networks));
        Assert.Equal("some.trouble", beside.Problem?.Code);
        Assert.Equal(["nua_shared-fake-sql-2_app_2", "nua_wiki_app_1"], _world.Runtime.Running);
        Assert.StartsWith("nua wiki ", Assert.Single(_world.Server.Tenants).Value.Mark, StringComparison.Ordinal);
        Assert.DoesNotContain(await _world.Vault.ListAsync(Cancellation), entry => entry.Instance == DeployWorld.Notes);
        Assert.Empty(await _world.Log.UnfinishedAsync(Cancellation));
    }

    [Fact]
    public async Task What_a_server_refuses_is_said_without_the_password()
    {
        await _world.ShareAsync("wiki");
        _world.Server.Refusal = "no room for";
        var refused = await _world.ShareAsync();

        Assert.Equal("share.not-admitted", refused.Problem?.Code);
        Assert.Contains("no room for [secret]", refused.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal([Server, "nua_wiki_app_1"], _world.Runtime.Running);
    }

    [Fact]
    public async Task A_name_that_is_another_tenants_is_refused_and_the_other_goes_on()
    {
        _world.AddImage("2.0", "[provider.env]\nDB_USER = \"fixed\"");
        await _world.ShareAsync("wiki", "2.0");
        var before = Assert.Single(_world.Server.Tenants);
        var refused = await _world.ShareAsync("notes", "2.0");

        Assert.Equal("share.not-admitted", refused.Problem?.Code);
        Assert.Equal(before, Assert.Single(_world.Server.Tenants));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("db%")]
    [InlineData("a b")]
    [InlineData("host=other")]
    [InlineData("`")]
    [InlineData("nameNameNameNameNameNameNameNameNameNameNameNameNameNameNameName")]
    public async Task A_name_that_could_mean_more_than_itself_is_refused(string name)
    {
        _world.AddImage("2.0", $"[provider.env]\nDB_USER = \"{name}\"");
        var refused = await _world.ShareAsync("notes", "2.0");

        Assert.Equal((OperationState.Failed, "share.not-admitted"), (refused.State, refused.Problem?.Code));
        Assert.Empty(_world.Server.Tenants);
        Assert.Empty(_world.Runtime.Running);
    }

    [Fact]
    public async Task A_server_is_not_destroyed_while_somebody_has_data_in_it_who_does_not_use_it_now()
    {
        await _world.ShareAsync();
        _world.AddImage("2.0", config => string.Join('\n', config.Split('\n').Where(line => !line.Contains("from = \"database\"", StringComparison.Ordinal)
            && !line.StartsWith("DB_URL", StringComparison.Ordinal))).Split("[[provider]]")[0]);
        var without = await _world.DeployAsync("2.0");
        var destroyed = await DestroyAsync("shared-fake-sql-2", withData: true);

        Assert.Null(without.Problem);
        Assert.Equal("share.in-use", destroyed.Problem?.Code);
        Assert.Single(_world.Server.Tenants);
    }

    [Fact]
    public async Task An_app_that_takes_the_place_of_a_tenant_begins_anew_and_the_old_database_goes()
    {
        await _world.ShareAsync();
        _world.AddOtherApp();
        var request = new DeployRequest("nua-wiki:1.0", DeployWorld.Notes) { Replace = true, Share = ["database"] };
        var unproven = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), request);
        var before = Assert.Single(_world.Server.Tenants);
        var replaced = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), request with { AcceptDataLoss = true });
        var after = Assert.Single(_world.Server.Tenants);

        Assert.Equal("deploy.data-unproven", unproven.Problem?.Code);
        Assert.Null(replaced.Problem);
        Assert.NotEqual(before.Key, after.Key);
        Assert.StartsWith("nua notes 2 database", after.Value.Mark, StringComparison.Ordinal);
        Assert.Equal([$"{Server} as database"], _world.Runtime.GuestsOf("nua_notes_2"));
        Assert.Equal(["nua_notes_2", "nua_shared-fake-sql-2"], _world.Runtime.Networks);
    }

    [Fact]
    public async Task Neither_a_tenant_nor_the_server_is_cloned()
    {
        await _world.ShareAsync();
        foreach (var source in new[] { DeployWorld.Notes, Shared })
        {
            var ended = await _world.RunAsync(
                new CloneInstance(_world.Seams, _world.Runner, _world.Loans, _world.Gate), new CloneRequest(source, InstanceName.Parse("copy")));
            Assert.Equal("clone.shared-server", ended.Problem?.Code);
        }
    }

    [Fact]
    public async Task A_plan_names_the_steps_that_the_deploy_then_takes()
    {
        foreach (var name in new[] { "notes", "wiki" })
        {
            var request = new DeployRequest("nua-notes:1.0", InstanceName.Parse(name)) { Share = ["database"] };
            var plan = await new PlanDeployment(_world.Seams).RunAsync(request, build: null, Cancellation);
            var ended = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), request);

            Assert.Equal((await _world.Log.StepsAsync(ended.Id, Cancellation)).Select(step => step.Name), plan.Steps);
            Assert.Equal(
                ("database", Shared, VolumeFate.Create, false),
                plan.Tenancies.Select(one => (one.Role, one.Server, one.Fate, one.RefusesOld)).Single());
        }
    }

    private static Problem Trouble => new(ProblemKind.Unavailable, "some.trouble", "It does not start.", "Wait.");

    private static DeployRequest OfSite(string shared) => new(
        "nua-notes:1.0",
        DeployWorld.Notes,
        DeployWorld.Domain,
        new SiteSource(
            "sites.toml",
            $"""
            [[site]]
            image = "notes"
            domain = "{DeployWorld.Domain}"
            label = "notes"

            [[site.provider]]
            name = "database"
            shared = {shared}
            """,
            0));

    private Task<OperationRecord> DeployAsync(string image, string share = "database") => _world.RunAsync(
        new DeployInstance(_world.Seams, _world.Runner), new DeployRequest(image, DeployWorld.Notes) { Share = [share] });

    private Task<OperationRecord> DestroyAsync(string name, bool withData = false) => _world.RunAsync(
        new DestroyInstance(_world.Seams), new DestroyRequest(InstanceName.Parse(name), withData, AcceptDataLoss: withData));

    private async Task IdleAsync()
    {
        while ((await _world.Log.UnfinishedAsync(Cancellation)).Count > 0)
        {
            await _world.Runner.WhenIdleAsync();
        }
    }
}
