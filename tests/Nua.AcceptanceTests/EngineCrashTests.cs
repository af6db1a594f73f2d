using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>
/// kill -9 of the Docker Engine at random steps of each verb, under load; it is started again, as after a crash of the machine's
/// own. Only on a machine whose engine is ours to kill.
/// </summary>
[Trait("Category", "crash")]
[Collection(EngineAlone.Name)]
public sealed class EngineCrashTests
{
    private const int Kills = 5;
    private const int KillsInBrief = 1;
    private const int VerbsInBrief = 2;

    public static TheoryData<string> Verbs { get; } = [.. Chosen()];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_change_in_which_the_engine_dies_converges_with_its_data(string name)
    {
        var (verb, engine) = (CrashVerb.All[name], new OwnEngine());
        await using var scene = await CrashScene.OpenAsync();
        var whyNot = await engine.WhyNotAsync(scene.Server.Name);
        Assert.SkipUnless(whyNot is null, whyNot ?? "");
        await scene.BringToAsync(verb.From, verb.Version);
        var steps = await scene.StepsOfAsync(() => verb.AskAsync(scene));
        foreach (var step in StepsOf(steps))
        {
            await scene.BringToAsync(verb.From, verb.Version);
            await Killing.AtStepAsync(scene.Client, () => verb.AskAsync(scene), step, async () =>
            {
                engine.Kill();
                await engine.StartAsync();
            });

            await scene.AssertConvergedAsync($"{name}, the engine killed at step {step} of {steps}", verb.From, verb.To);
        }

        await scene.AssertEveryRowAsync($"after all of {name}");
    }

    private static bool IsBrief => Environment.GetEnvironmentVariable("NUA_TEST_BRIEF") is { Length: > 0 };

    /// <summary>All verbs; in brief some by chance, so that several runs meet them all.</summary>
    private static IReadOnlyList<string> Chosen()
    {
        var verbs = CrashVerb.All.Keys.ToArray();
        Random.Shared.Shuffle(verbs);
        return [.. verbs.Take(IsBrief ? VerbsInBrief : verbs.Length)];
    }

    private static IReadOnlyList<int> StepsOf(int steps)
    {
        var chosen = Enumerable.Range(1, steps).ToArray();
        Random.Shared.Shuffle(chosen);
        IReadOnlyList<int> kills = [.. chosen.Take(IsBrief ? KillsInBrief : Kills)];
        TestContext.Current.TestOutputHelper?.WriteLine($"killed at steps {string.Join(", ", kills)} of {steps}");
        return kills;
    }
}
