using Nua.Api;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Ends a server's process in the middle of a deploy.</summary>
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

    /// <summary>How many steps the last deploy took.</summary>
    public static async Task<int> StepsOfLastDeployAsync(TestServer server)
    {
        using var client = NuaClient.Over(server.Home.ServerSocket);
        var deploy = (await client.OperationsAsync(new OperationQuery(Kind: "deploy"), Cancellation)).Operations[0];
        return (await client.OperationAsync(deploy.Id, Cancellation)).Steps.Count;
    }

    /// <summary>Starts a deploy and ends the server's process when the step's intent is on record.</summary>
    public static async Task AtStepAsync(TestServer server, string app, string instance, int kill)
    {
        using var client = NuaClient.Over(server.Home.ServerSocket);
        var operation = await client.DeployAsync(new DeployBody(Image: app, Instance: instance), Cancellation);
        try
        {
            await foreach (var happening in client.WatchAsync(operation.Id, Cancellation))
            {
                if (happening is OperationEventView.StepChanged changed && changed.Step.Number >= kill)
                {
                    break;
                }
            }
        }
        finally
        {
            server.KillServer();
        }
    }
}
