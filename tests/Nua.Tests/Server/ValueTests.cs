using System.Text;
using Nua.Api;
using Xunit;

namespace Nua.Tests.Server;

/// <summary>Values and secrets over the API.</summary>
public sealed class ValueTests
{
    private const string Word = "correct-horse-battery";

    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task Values_are_given_planned_and_taken_back()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        var body = new ValuesBody([new ValueBody("GREETING", "Hello"), new ValueBody("MY_TOKEN", Word)]);

        var plan = await server.Client.PlanConfigurationAsync("notes", body, Cancellation);
        var set = await server.EndOfAsync(await server.Client.ConfigureAsync("notes", body, Cancellation));
        var with = (await server.Client.EnvironmentAsync("notes", Cancellation)).Variables;
        var unset = await server.EndOfAsync(await server.Client.ConfigureAsync(
            "notes", new ValuesBody(Unset: [new VariableBody("GREETING"), new VariableBody("MY_TOKEN")]), Cancellation));
        var without = (await server.Client.EnvironmentAsync("notes", Cancellation)).Variables;

        Assert.Equal((true, false), (plan.Changes, plan.Gap));
        Assert.Equal(("configure", "succeeded", "succeeded"), (set.Kind, set.State, unset.State));
        Assert.Contains(new VariableView("app", "GREETING", "Hello", Secret: false, "operator"), with);
        Assert.Contains(new VariableView("app", "MY_TOKEN", Value: null, Secret: true, "operator"), with);
        Assert.DoesNotContain(without, variable => variable.Name is "GREETING" or "MY_TOKEN");
    }

    [Fact]
    public async Task A_wish_that_finds_the_instance_locked_leaves_no_secret_in_the_vault()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        var kept = await server.World.Vault.ListAsync(Cancellation);
        var hold = new TaskCompletionSource();
        server.World.Probe.BeforeAnswerAsync = _ => hold.Task;
        var running = await server.Client.ChangeAsync("notes", "restart", Cancellation);

        var refusal = await Assert.ThrowsAsync<ApiException>(
            () => server.Client.ConfigureAsync("notes", new ValuesBody([new ValueBody("MY_TOKEN", Word)]), Cancellation));
        hold.SetResult();
        await server.EndOfAsync(running);

        Assert.Equal("operation.locked", refusal.Problem.Code);
        Assert.Equal(kept, await server.World.Vault.ListAsync(Cancellation));
    }

    [Fact]
    public async Task No_answer_holds_a_secret()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        await server.EndOfAsync(await server.Client.ConfigureAsync("notes", new ValuesBody([new ValueBody("PLAIN", Word, Secret: true)]), Cancellation));

        foreach (var route in new[] { "env", "secrets", "deployments", "" })
        {
            Assert.DoesNotContain(Word, await server.Http.GetStringAsync($"v1/instances/notes/{route}".TrimEnd('/'), Cancellation), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Word, await server.Http.GetStringAsync("v1/operations", Cancellation), StringComparison.Ordinal);
        using var broken = new StringContent($$"""{"set": [{"name": "A", "value": ["{{Word}}"]}]}""", Encoding.UTF8, "application/json");
        using var answer = await server.Http.PatchAsync("v1/instances/notes/env", broken, Cancellation);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.DoesNotContain(Word, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_listed_and_made_anew()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var listed = Assert.Single((await server.Client.SecretsAsync("notes", Cancellation)).Secrets);
        var plan = await server.Client.PlanRotationAsync("notes", new RotateBody(All: true), Cancellation);
        var ended = await server.EndOfAsync(await server.Client.RotateAsync("notes", new RotateBody(["DB_PASSWORD"]), Cancellation));

        Assert.Equal(("database", "DB_PASSWORD", "credential", true), (listed.Workload, listed.Name, listed.Kind, listed.Rotates));
        Assert.InRange(listed.MadeAt!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
        Assert.True(plan.Gap);
        Assert.Equal(("rotate", "succeeded"), (ended.Kind, ended.State));
    }

    [Fact]
    public async Task What_says_neither_names_nor_all_is_no_wish()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        foreach (var body in new[] { new RotateBody(), new RotateBody(["A"], All: true) })
        {
            var refusal = await Assert.ThrowsAsync<ApiException>(() => server.Client.RotateAsync("notes", body, Cancellation));
            Assert.Equal(400, refusal.Problem.Status);
        }
    }
}
