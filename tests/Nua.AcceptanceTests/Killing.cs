using Nua.Api;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Ends a process in the middle of an operation.</summary>
internal static class Killing
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The steps to kill at: all, or in brief every third and the last, so that several runs meet them all.</summary>
    public static IReadOnlyList<int> StepsOf(int steps)
    {
        var brief = Environment.GetEnvironmentVariable("NUA_TEST_BRIEF") is { Length: > 0 };
        var first = brief ? Random.Shared.Next(1, 4) : 1;
        TestContext.Current.TestOutputHelper?.WriteLine($"killed at {(brief ? "every third" : "each")} of {steps} steps from {first}");
        return [.. Enumerable.Range(1, steps).Where(step => !brief || step % 3 == first % 3 || step == steps)];
    }

    /// <summary>Asks for an operation, and does what kills when the step's intent is on record; or when it has ended before.</summary>
    public static async Task AtStepAsync(NuaClient client, Func<Task<OperationView>> ask, int step, Func<Task> kill)
    {
        var operation = await ask();
        try
        {
            await client.WatchAsync(operation.Id, Cancellation).FirstOrDefaultAsync(
                happening => happening is OperationEventView.StepChanged changed && changed.Step.Number >= step, Cancellation);
        }
        finally
        {
            await kill();
        }
    }
}
