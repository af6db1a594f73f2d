using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nua.Core.Problems;
using Nua.Engine;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Operations;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Values that the operator gives: over the package's, carried along, proven like a deploy, and nowhere to be seen when secret.</summary>
public sealed class ConfigureInstanceTests : IAsyncLifetime
{
    private const string Word = "correct-horse-battery";
    private readonly DeployWorld _world = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    public async ValueTask InitializeAsync() => await _world.DeployAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_value_stands_over_the_package_s_until_it_is_taken_back()
    {
        var set = await _world.ConfigureAsync(["JSON={other}", "NEW=1"]);
        var with = _world.Runtime.SpecOf("nua_notes_app_2").Environment;
        var unset = await _world.ConfigureAsync([], ["JSON", "NEW"]);
        var without = _world.Runtime.SpecOf("nua_notes_app_3").Environment;

        Assert.Equal((null, null), (set.Problem, unset.Problem));
        Assert.Equal(("{other}", "1"), (with["JSON"], with["NEW"]));
        Assert.Equal("""{"a": {"b": 1}}""", without["JSON"]);
        Assert.DoesNotContain("NEW", without.Keys);
        Assert.Equal(["nua_notes_app_3", "nua_notes_database_1"], _world.Runtime.Running);
    }

    [Fact]
    public async Task What_is_made_of_a_value_follows_it()
    {
        await _world.ConfigureAsync(["DB_HOST=elsewhere.example"]);

        Assert.EndsWith("@elsewhere.example/x", _world.Runtime.SpecOf("nua_notes_app_2").Secrets["DB_URL"].Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_version_and_a_return_have_the_value_and_another_app_has_not()
    {
        await _world.ConfigureAsync(["JSON=mine", $"TOKEN={Word}"]);
        _world.AddImage("1.1");
        await _world.DeployAsync("1.1");
        var updated = _world.Runtime.SpecOf("nua_notes_app_3");
        await _world.RunAsync(new DestroyInstance(_world.Seams), new DestroyRequest(DeployWorld.Notes));
        await _world.DeployAsync("1.1");
        var returned = _world.Runtime.SpecOf("nua_notes_app_4");
        _world.AddOtherApp();
        await _world.ReplaceAsync();
        var replaced = _world.Runtime.SpecOf("nua_notes_app_5");

        Assert.All([updated, returned], spec => Assert.Equal(("mine", Word), (spec.Environment["JSON"], spec.Secrets["TOKEN"].Reveal())));
        Assert.NotEqual("mine", replaced.Environment["JSON"]);
        Assert.DoesNotContain("TOKEN", replaced.Secrets.Keys);
    }

    [Fact]
    public async Task A_secret_is_given_to_the_program_and_is_in_no_journal()
    {
        var ended = await _world.ConfigureAsync([$"PLAIN={Word}"], secret: true);

        var app = _world.Runtime.SpecOf("nua_notes_app_2");
        Assert.Equal(Word, app.Secrets["PLAIN"].Reveal());
        Assert.DoesNotContain("PLAIN", app.Environment.Keys);
        Assert.DoesNotContain(Word, await JournalAsync(ended), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_holds_no_value()
    {
        var plan = await new PlanConfiguration(_world.Seams).RunAsync(DeployWorld.WishOf([$"PLAIN={Word}", $"JSON={Word}"]), Cancellation);

        Assert.DoesNotContain(Word, plan.ToString() + string.Concat(plan.Variables) + string.Concat(plan.Steps), StringComparison.Ordinal);
        Assert.Equal(
            ["PLAIN Add Operator", "JSON Change Operator"],
            plan.Variables.OrderByDescending(variable => variable.Name).Select(variable => $"{variable.Name} {variable.Change} {variable.Kind}"));
    }

    [Theory]
    [InlineData("SMTP_PASSWORD", "x")]
    [InlineData("api_key", "x")]
    [InlineData("KEY", "x")]
    [InlineData("GITHUB_TOKEN", "x")]
    [InlineData("QUEUE", "amqp://user:word@queue.example/")]
    public async Task What_is_plainly_a_secret_is_kept_as_one(string name, string value)
    {
        await _world.ConfigureAsync([$"{name}={value}"]);

        Assert.Equal(value, _world.Runtime.SpecOf("nua_notes_app_2").Secrets[name].Reveal());
    }

    [Fact]
    public async Task Values_that_fail_the_tests_leave_the_old_ones_serving_and_no_trace()
    {
        var before = _world.Everything;
        var kept = await _world.Vault.ListAsync(Cancellation);
        _world.Gateway.Answer = (_, _) => new HttpResponseMessage(HttpStatusCode.InternalServerError);

        var ended = await _world.ConfigureAsync([$"TOKEN={Word}"]);

        Assert.Equal((OperationState.Failed, "deploy.tests-failed"), (ended.State, ended.Problem!.Code));
        Assert.Equal(before, _world.Everything);
        Assert.Equal(kept, await _world.Vault.ListAsync(Cancellation));
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_does_nothing()
    {
        await _world.ConfigureAsync([$"TOKEN={Word}", "JSON=mine"]);
        var calls = _world.Runtime.Calls.Count;

        var again = await _world.ConfigureAsync([$"TOKEN={Word}", "JSON=mine"]);
        var takenBack = await _world.ConfigureAsync([], ["NEVER_SET"]);
        var plan = await new PlanConfiguration(_world.Seams).RunAsync(DeployWorld.WishOf([$"TOKEN={Word}"]), Cancellation);

        Assert.All([again, takenBack], ended => Assert.Equal((false, 2), (DeployWorld.ResultOf(ended).Changed, DeployWorld.ResultOf(ended).Number)));
        Assert.True(plan.Unchanged);
        Assert.Equal(calls, _world.Runtime.Calls.Count);
    }

    [Fact]
    public async Task A_value_that_the_package_has_too_is_recorded_and_restarts_nothing()
    {
        var ended = await _world.ConfigureAsync(["JSON={\"a\": {\"b\": 1}}"]);

        Assert.Equal((true, 2), (DeployWorld.ResultOf(ended).Changed, DeployWorld.ResultOf(ended).Number));
        Assert.Equal(["nua_notes_app_1", "nua_notes_database_1"], _world.Runtime.Running);
    }

    [Fact]
    public async Task A_value_of_a_provider_is_told_to_cost_a_gap()
    {
        var wish = DeployWorld.WishOf(["MODE=fast"], workload: "database");

        var plan = await new PlanConfiguration(_world.Seams).RunAsync(wish, Cancellation);
        var ended = await _world.RunAsync(new ConfigureInstance(_world.Seams), await new TakeValues(_world.Seams).TakeAsync(wish, Cancellation));

        Assert.True(plan.HasGap);
        Assert.Null(ended.Problem);
        Assert.Equal("fast", _world.Runtime.SpecOf("nua_notes_database_2").Environment["MODE"]);
    }

    [Theory]
    [InlineData("app", "A B=1", "values.bad-name")]
    [InlineData("app", "=1", "values.bad-name")]
    [InlineData("app", "NUA_HOME=/", "values.reserved")]
    [InlineData("app", "A=1\n2", "values.bad-value")]
    [InlineData("app", "A=1\0", "values.bad-value")]
    [InlineData("cache", "A=1", "values.unknown-workload")]
    [InlineData("database", "DB_PASSWORD=mine", "values.of-the-server")]
    public async Task What_cannot_be_given_is_refused_before_anything_is_kept(string workload, string word, string code)
    {
        var kept = await _world.Vault.ListAsync(Cancellation);

        var refusal = await Assert.ThrowsAsync<NuaException>(
            () => new TakeValues(_world.Seams).TakeAsync(DeployWorld.WishOf([word], workload: workload), Cancellation));

        Assert.Equal(code, refusal.Problem.Code);
        Assert.Equal(kept, await _world.Vault.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_name_said_twice_or_never_is_refused()
    {
        var take = new TakeValues(_world.Seams);

        var twice = await Assert.ThrowsAsync<NuaException>(() => take.TakeAsync(DeployWorld.WishOf(["A=1"], ["A"]), Cancellation));
        var never = await Assert.ThrowsAsync<NuaException>(() => take.TakeAsync(DeployWorld.WishOf([]), Cancellation));

        Assert.Equal(("values.twice", "values.nothing"), (twice.Problem.Code, never.Problem.Code));
    }

    [Fact]
    public async Task A_circle_that_a_value_closes_is_refused_and_nothing_is_touched()
    {
        var before = _world.Everything;

        // A given value is taken as it is: braces in it lead nowhere.
        var ended = await _world.ConfigureAsync(["DB_HOST={DB_URL}"]);

        Assert.Null(ended.Problem);
        Assert.Equal("{DB_URL}", _world.Runtime.SpecOf("nua_notes_app_2").Environment["DB_HOST"]);
        Assert.NotEqual(before, _world.Everything);
    }

    [Fact]
    public async Task A_stopped_instance_keeps_its_values()
    {
        await _world.RunAsync(new StopInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));

        var ended = await _world.ConfigureAsync(["A=1"]);

        Assert.Equal((OperationState.Failed, "values.at-rest"), (ended.State, ended.Problem!.Code));
        Assert.Empty(_world.Runtime.Running);
    }

    [Fact]
    public async Task The_image_and_the_sites_file_of_what_serves_stay_as_they_are()
    {
        const string sites = "[[site]]\nimage = \"notes\"\ndomain = \"notes.localhost\"\nlabel = \"notes\"\n[site.env]\nJSON = \"of the site\"\n";
        await _world.RunAsync(
            new DeployInstance(_world.Seams, _world.Runner),
            new DeployRequest("notes", DeployWorld.Notes, DeployWorld.Domain, new SiteSource("sites.toml", sites, 0)));
        _world.AddImage("9.9");

        await _world.ConfigureAsync(["JSON=mine"]);
        await _world.ConfigureAsync([], ["JSON"]);

        var serving = (await _world.Journal.HistoryAsync(DeployWorld.Notes, Cancellation))[0];
        Assert.Equal(("nua-notes:1.0", "of the site"), (serving.App.Image, serving.App.Env["JSON"].Fill(_ => "")));
        Assert.Equal((VariableOrigin.Site, null), new VariableOrigins(serving).Of(serving.App, "JSON"));
    }

    [Fact]
    public async Task A_variable_says_where_its_value_is_from()
    {
        await _world.ConfigureAsync(["MINE=1", "DB_USER=me"]);
        var serving = (await _world.Journal.HistoryAsync(DeployWorld.Notes, Cancellation))[0];
        var origins = new VariableOrigins(serving);

        (VariableOrigin, string?) Of(string role, string name) => origins.Of(serving.Workloads.Single(workload => workload.Role == role), name);

        Assert.Equal((VariableOrigin.Operator, null), Of("app", "MINE"));
        Assert.Equal((VariableOrigin.Operator, null), Of("app", "DB_USER"));
        Assert.Equal((VariableOrigin.Package, null), Of("app", "JSON"));
        Assert.Equal((VariableOrigin.Provider, "database"), Of("app", "DB_HOST"));
        Assert.Equal((VariableOrigin.Provider, "database"), Of("app", "DB_URL"));
        Assert.Equal((VariableOrigin.Generated, null), Of("database", "DB_PASSWORD"));
    }

    [Theory]
    [InlineData("JSON=mine")]
    [InlineData("TOKEN=mine")]
    [InlineData("DB_HOST=database")]
    public async Task A_plan_names_the_steps_that_are_then_done(string word)
    {
        var plan = await new PlanConfiguration(_world.Seams).RunAsync(DeployWorld.WishOf([word]), Cancellation);
        var ended = await _world.ConfigureAsync([word]);

        Assert.Equal(plan.Steps, (await _world.Log.StepsAsync(ended.Id, Cancellation)).Select(step => step.Name));
    }

    [Fact]
    public async Task A_ticket_that_no_request_came_to_name_is_forgotten_and_what_is_needed_is_not()
    {
        _world.Vault.Age = TimeSpan.FromHours(2);
        await _world.ConfigureAsync(["A_TOKEN=serves"]);
        await new TakeValues(_world.Seams).TakeAsync(DeployWorld.WishOf(["B_TOKEN=orphan"]), Cancellation);
        _world.Vault.Age = TimeSpan.Zero;
        await new TakeValues(_world.Seams).TakeAsync(DeployWorld.WishOf(["C_TOKEN=young"]), Cancellation);

        var forgotten = await new KeptValueUse(_world.Seams, _world.Log).ForgetUnusedAsync(Cancellation);

        Assert.StartsWith("B_TOKEN@", Assert.Single(forgotten).Key.Name, StringComparison.Ordinal);
        Assert.Equal(
            ["A_TOKEN", "C_TOKEN", "DB_PASSWORD", "DB_USER"],
            (await _world.Vault.ListAsync(Cancellation)).Select(entry => entry.Key.Name.Split('@')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_can_no_longer_be_gone_back_to_is_forgotten()
    {
        _world.Vault.Age = TimeSpan.FromHours(2);
        foreach (var value in new[] { "1", "2", "3", "4" })
        {
            await _world.ConfigureAsync([$"TOKEN={value}"]);
        }

        await new KeptValueUse(_world.Seams, _world.Log).ForgetUnusedAsync(Cancellation);

        var kept = await _world.Vault.ReadAsync(DeployWorld.Notes, Cancellation);
        Assert.Equal(["2", "3", "4"], kept.Where(one => one.Key.Name.StartsWith("TOKEN", StringComparison.Ordinal)).Select(one => one.Value.Reveal()).Order());
    }

    [Fact]
    public async Task What_was_recorded_before_values_could_be_given_is_read_as_having_none()
    {
        var serving = (await _world.Journal.HistoryAsync(DeployWorld.Notes, Cancellation))[0];
        var old = JsonNode.Parse(JsonSerializer.Serialize(serving, EngineJson.Default.Deployment))!.AsObject();
        Assert.True(old.Remove("given") && old.Remove("versions") && old.Remove("siteVariables"));

        var read = JsonSerializer.Deserialize(old.ToJsonString(), EngineJson.Default.Deployment)!;

        Assert.Empty(read.Given);
        Assert.Empty(read.Versions);
        Assert.Empty(read.SiteVariables);
    }

    /// <summary>Everything that is written down of an operation and of the instance.</summary>
    private async Task<string> JournalAsync(OperationRecord ended) => string.Join(
        '\n',
        [
            ended.ToString(),
            .. (await _world.Log.StepsAsync(ended.Id, Cancellation)).Select(step => step.ToString()),
            .. (await _world.Journal.HistoryAsync(DeployWorld.Notes, Cancellation))
                .Select(deployment => JsonSerializer.Serialize(deployment, EngineJson.Default.Deployment)),
        ]);
}
