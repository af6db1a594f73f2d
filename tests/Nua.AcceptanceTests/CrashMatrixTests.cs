using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>
/// kill -9 of the real server as soon as each step of each verb has begun, under load. What is left is the old state or the
/// new one, with every row that anybody was thanked for.
/// </summary>
[Trait("Category", "crash")]
public sealed class CrashMatrixTests
{
    public static TheoryData<string> Verbs => [.. CrashVerb.All.Keys];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_server_killed_at_any_step_converges_with_its_data(string name)
    {
        var verb = CrashVerb.All[name];
        await using var scene = await CrashScene.OpenAsync();
        await scene.BringToAsync(verb.From, verb.Version);
        var steps = await scene.StepsOfAsync(() => verb.AskAsync(scene));
        Assert.InRange(steps, 3, 40);
        foreach (var step in Killing.StepsOf(steps))
        {
            await scene.BringToAsync(verb.From, verb.Version);
            await Killing.AtStepAsync(scene.Client, () => verb.AskAsync(scene), step, () =>
            {
                scene.Server.KillServer();
                return Task.CompletedTask;
            });

            await scene.Server.StartAsync();

            await scene.AssertConvergedAsync($"{name}, killed at step {step} of {steps}", verb.From, verb.To);
        }

        var rows = await scene.AssertEveryRowAsync($"after all of {name}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {rows} rows");
    }
}
