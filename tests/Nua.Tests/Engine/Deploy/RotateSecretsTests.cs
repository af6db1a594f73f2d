using System.Net;
using System.Text.Json;
using Nua.Core;
using Nua.Core.Problems;
using Nua.Engine;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Secrets made anew: in the server that knows them, in the app that uses them, or in neither.</summary>
public sealed class RotateSecretsTests : IAsyncLifetime
{
    private readonly DeployWorld _world = new();
    private Secret _first = null!;

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    public async ValueTask InitializeAsync()
    {
        _world.AddImage("1.0", config => config.Replace("[env]", "[env]\nSESSION = { random = true }", StringComparison.Ordinal));
        await _world.DeployAsync();
        _first = PasswordOf("nua_notes_app_1");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_password_is_changed_in_the_server_that_runs_and_in_the_app()
    {
        var ended = await _world.RotateAsync("DB_PASSWORD");

        Assert.Null(ended.Problem);
        Assert.Equal(["nua_notes_app_2", "nua_notes_database_1"], _world.Runtime.Running);
        var second = PasswordOf("nua_notes_app_2");
        Assert.NotEqual(_first, second);
        Assert.Equal((false, true), (_world.Server.Takes(_first), _world.Server.Takes(second)));
        Assert.Equal(second, PasswordOf("nua_notes_database_1"));
        AssertDatabaseRanOn();
    }

    [Fact]
    public async Task What_was_made_anew_is_what_every_later_deployment_has()
    {
        await _world.RotateAsync("DB_PASSWORD");
        var second = PasswordOf("nua_notes_app_2");
        await _world.ConfigureAsync(["JSON=mine"]);
        await _world.RunAsync(new RestartInstance(_world.Seams), new InstanceRequest(DeployWorld.Notes));
        _world.AddImage("1.1");
        await _world.DeployAsync("1.1");

        Assert.Equal(second, PasswordOf("nua_notes_app_4"));
        Assert.Equal(second, PasswordOf("nua_notes_database_1"));
        Assert.True(_world.Server.Takes(second));
    }

    [Fact]
    public async Task A_secret_of_the_app_alone_costs_the_server_nothing()
    {
        var before = _world.Runtime.SpecOf("nua_notes_app_1").Secrets["SESSION"];

        var ended = await _world.RotateAsync("SESSION");

        Assert.Null(ended.Problem);
        Assert.NotEqual(before, _world.Runtime.SpecOf("nua_notes_app_2").Secrets["SESSION"]);
        Assert.Equal(_first, PasswordOf("nua_notes_app_2"));
    }

    [Fact]
    public async Task All_means_all_that_can_be_made_anew()
    {
        await _world.ConfigureAsync(["MY_TOKEN=given"]);
        var before = _world.Runtime.SpecOf("nua_notes_app_2").Secrets;

        var ended = await _world.RotateAsync();

        var after = _world.Runtime.SpecOf("nua_notes_app_3").Secrets;
        Assert.Null(ended.Problem);
        Assert.Equal(
            ["DB_PASSWORD", "DB_URL", "SESSION"],
            after.Where(secret => before[secret.Key] != secret.Value).Select(secret => secret.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_app_that_fails_its_tests_leaves_the_old_password_in_force(bool takesBoth)
    {
        _world.Supply(new FakeDatabase("2") { TakesBoth = takesBoth });
        var (before, kept) = (_world.Everything, await _world.Vault.ListAsync(Cancellation));
        Secret? second = null;
        _world.Gateway.Answer = (_, _) =>
        {
            second = PasswordOf("nua_notes_app_2");
            return new HttpResponseMessage(HttpStatusCode.InternalServerError);
        };

        var ended = await _world.RotateAsync("DB_PASSWORD");

        Assert.Equal((OperationState.Failed, "deploy.tests-failed"), (ended.State, ended.Problem!.Code));
        Assert.Equal((true, false), (_world.Server.Takes(_first), _world.Server.Takes(second!)));
        Assert.Equal(_first, PasswordOf("nua_notes_database_1"));
        Assert.Equal(before, _world.Everything);
        Assert.Empty(kept.Except(await _world.Vault.ListAsync(Cancellation)));
        AssertDatabaseRanOn();
    }

    [Fact]
    public async Task An_undo_that_fails_on_its_way_is_tried_again_and_comes_to_its_end()
    {
        var before = _world.Everything;
        _world.Gateway.Answer = (_, _) =>
        {
            _world.Runtime.FailOn(
                nameof(IRuntimeDriver.RemoveAsync), new Problem(ProblemKind.Unavailable, "runtime.unreachable", "It is away.", "Wait."), "nua_notes_app_2");
            return new HttpResponseMessage(HttpStatusCode.InternalServerError);
        };

        var stuck = await _world.RotateAsync("DB_PASSWORD");
        _world.Runtime.Heal();
        await _world.Runner.ResumeUnfinishedAsync(_world.UseCases, Cancellation);
        var ended = await _world.Log.FindAsync(stuck.Id, Cancellation);

        Assert.Equal((OperationState.Failed, "deploy.tests-failed"), (ended!.State, ended.Problem!.Code));
        Assert.Equal((true, before), (_world.Server.Takes(_first), _world.Everything));
    }

    [Fact]
    public async Task A_server_that_takes_two_passwords_locks_nobody_out_until_the_old_app_is_gone()
    {
        _world.Supply(new FakeDatabase("2") { TakesBoth = true });
        var plan = await new PlanRotation(_world.Seams).RunAsync(new RotateRequest(DeployWorld.Notes, ["DB_PASSWORD"]), Cancellation);
        var taken = new List<bool>();
        _world.Gateway.Answer = (_, _) =>
        {
            taken.Add(_world.Server.Takes(_first) && _world.Server.Takes(PasswordOf("nua_notes_app_2")));
            return new HttpResponseMessage(HttpStatusCode.OK);
        };

        await _world.RotateAsync("DB_PASSWORD");

        Assert.False(plan.HasGap);
        Assert.Equal([true], taken.Distinct());
        Assert.False(_world.Server.Takes(_first));
    }

    [Fact]
    public async Task A_gap_is_told_before()
    {
        var plan = await new PlanRotation(_world.Seams).RunAsync(new RotateRequest(DeployWorld.Notes, ["DB_PASSWORD"]), Cancellation);

        Assert.True(plan.HasGap);
        Assert.Contains(new WorkloadForecast("database", WorkloadChange.Renew, "fake-sql:2", RefusesOld: true), plan.Workloads);
        Assert.Equal(["DB_PASSWORD", "DB_URL", "DB_PASSWORD"], plan.Variables.OrderBy(one => one.Workload).Select(one => one.Name));
    }

    [Theory]
    [InlineData("DB_PASSWORD", false)]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("SESSION", false)]
    public async Task A_plan_names_the_steps_that_are_then_done(string name, bool takesBoth)
    {
        _world.Supply(new FakeDatabase("2") { TakesBoth = takesBoth });
        var plan = await new PlanRotation(_world.Seams).RunAsync(new RotateRequest(DeployWorld.Notes, [name]), Cancellation);
        var ended = await _world.RotateAsync(name);

        Assert.Equal(plan.Steps, (await _world.Log.StepsAsync(ended.Id, Cancellation)).Select(step => step.Name));
    }

    [Fact]
    public async Task A_server_that_refuses_is_told_without_what_it_was_told()
    {
        _world.Use(new HastyClock());
        _world.Server.Refusal = "I will not take";
        Secret? told = null;
        var run = _world.Runtime.OnExec;
        _world.Runtime.OnExec = (id, command) =>
        {
            told ??= command.Secrets.GetValueOrDefault("PASSWORD") is { } password && password != _first ? password : null;
            return run(id, command);
        };

        var ended = await _world.RotateAsync("DB_PASSWORD");

        Assert.Equal("deploy.password-not-changed", ended.Problem!.Code);
        Assert.Contains("I will not take [secret]", ended.Problem.Message, StringComparison.Ordinal);
        var steps = string.Concat(await _world.Log.StepsAsync(ended.Id, Cancellation));
        Assert.DoesNotContain(told!.Reveal(), ended + steps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_and_nothing_is_touched()
    {
        await _world.ConfigureAsync(["MY_TOKEN=given"]);
        var calls = _world.Runtime.Calls.Count;

        Assert.Equal("values.no-secret", await RefusalAsync("JSON"));
        Assert.Equal("values.given-secret", await RefusalAsync("MY_TOKEN"));
        Assert.Equal("values.no-secret", await RefusalAsync("nothing"));
        Assert.Equal(calls, _world.Runtime.Calls.Count);
    }

    [Fact]
    public async Task A_server_that_cannot_be_told_another_password_says_so()
    {
        _world.Supply(new FixedDatabase());

        Assert.Equal("values.fixed-secret", await RefusalAsync("DB_PASSWORD"));
        Assert.Null((await _world.RotateAsync()).Problem);
    }

    [Fact]
    public async Task The_secrets_of_an_instance_are_known_by_kind_and_use()
    {
        await _world.ConfigureAsync(["MY_TOKEN=given"]);
        var serving = (await _world.Journal.HistoryAsync(DeployWorld.Notes, Cancellation))[0];

        var secrets = new InstanceSecrets(_world.Seams.Providers).Of(serving);

        Assert.Equal(
            ["app MY_TOKEN Given: MY_TOKEN", "app SESSION Generated: SESSION", "database DB_PASSWORD Credential: DB_PASSWORD, DB_PASSWORD, DB_URL"],
            secrets.Select(secret => $"{secret.Key.Workload} {secret.Key.Name} {secret.Kind}: "
                + string.Join(", ", secret.Variables.Select(variable => variable.Name).Order(StringComparer.Ordinal))));
    }

    [Fact]
    public async Task No_journal_holds_a_password_old_or_new()
    {
        var ended = await _world.RotateAsync();
        var second = PasswordOf("nua_notes_app_2");

        var written = ended
            + string.Concat(await _world.Log.StepsAsync(ended.Id, Cancellation))
            + string.Concat((await _world.Journal.HistoryAsync(DeployWorld.Notes, Cancellation))
                .Select(deployment => JsonSerializer.Serialize(deployment, EngineJson.Default.Deployment)));

        Assert.DoesNotContain(_first.Reveal(), written, StringComparison.Ordinal);
        Assert.DoesNotContain(second.Reveal(), written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_no_deployment_needs_any_more_is_forgotten()
    {
        _world.Vault.Age = TimeSpan.FromHours(2);
        for (var i = 0; i < 5; i++)
        {
            await _world.RotateAsync("DB_PASSWORD");
        }

        await new KeptValueUse(_world.Seams, _world.Log).ForgetUnusedAsync(Cancellation);

        // The first, which is made once for all, and those of the last three deployments.
        var kept = await _world.Vault.ListAsync(Cancellation);
        Assert.Equal(4, kept.Count(entry => entry.Key.Name.StartsWith("DB_PASSWORD", StringComparison.Ordinal)));
    }

    private async Task<string?> RefusalAsync(string name)
    {
        var request = new RotateRequest(DeployWorld.Notes, [name]);
        var plan = await Assert.ThrowsAsync<NuaException>(() => new PlanRotation(_world.Seams).RunAsync(request, Cancellation));
        var ended = await _world.RunAsync(new RotateSecrets(_world.Seams), request);
        Assert.Equal(plan.Problem.Code, ended.Problem?.Code);
        return ended.Problem?.Code;
    }

    private Secret PasswordOf(string workload) => _world.Runtime.SpecOf(workload).Secrets["DB_PASSWORD"];

    private void AssertDatabaseRanOn() => Assert.DoesNotContain(
        _world.Runtime.Calls,
        call => call is $"{nameof(IRuntimeDriver.StopAsync)} nua_notes_database_1" or $"{nameof(IRuntimeDriver.RemoveAsync)} nua_notes_database_1");

    /// <summary>A minute passes whenever somebody looks.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(60);

        public override DateTimeOffset GetUtcNow() => _now = _now.AddMinutes(1);
    }
}
