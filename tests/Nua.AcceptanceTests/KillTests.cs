using System.Net;
using System.Text.Json;
using Nua.Api;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>kill -9 of the real server, as soon as each step of a deploy has begun, with the real engine.</summary>
[Trait("Category", "crash")]
public sealed class KillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deploy_killed_at_any_step_converges_with_its_data()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = new AppCopy("guestbook");
        var host = $"{app.Id}.localhost";
        await server.NuaOkAsync("deploy", app.Folder);
        using (var visitor = server.Visit(host))
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Ann", ["message"] = "Still here" });
            Assert.Equal(HttpStatusCode.Created, (await visitor.PostAsync("/api/entries", form, Cancellation)).StatusCode);
        }

        var steps = await StepsOfLastDeployAsync(server);
        Assert.InRange(steps, 8, 40);
        for (var kill = 1; kill <= steps; kill++)
        {
            app.Write("round.txt", $"{kill}");
            await server.NuaOkAsync("build", app.Folder);
            await KillAtStepAsync(server, app.Id, app.Id, kill);

            await server.StartAsync();

            await AssertWholeAsync(server, host, kill);
        }
    }

    [Fact]
    public async Task A_first_deploy_killed_at_any_step_leaves_nothing_or_a_whole_instance()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = new AppCopy("guestbook");
        await server.NuaOkAsync("deploy", app.Folder);
        var steps = await StepsOfLastDeployAsync(server);
        await DestroyAsync(server, app.Id);

        var lived = 0;
        for (var kill = 1; kill <= steps; kill++)
        {
            await KillAtStepAsync(server, app.Id, $"first-{kill}", kill);

            await server.StartAsync();

            lived += await AssertNothingOrWholeAsync(server, $"first-{kill}") ? 1 : 0;
        }

        // Killed early it is gone, killed late it lives: both ends were met.
        Assert.InRange(lived, 1, steps - 1);
    }

    private static async Task<bool> AssertNothingOrWholeAsync(TestServer server, string instance)
    {
        if (!(await server.NuaOkAsync("apps")).Output.Contains(instance))
        {
            foreach (var kind in new[] { "container", "network", "volume" })
            {
                Assert.True((await server.ObjectsAsync(kind)) is [], $"{instance} left a {kind}");
            }

            return false;
        }

        using (var visitor = server.Visit($"{instance}.localhost"))
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/", Cancellation)).StatusCode);
        }

        await DestroyAsync(server, instance);
        return true;
    }

    private static Task<Outcome> DestroyAsync(TestServer server, string instance) =>
        server.NuaOkAsync("destroy", instance, "--with-data", "--accept-data-loss", "--yes");

    private static async Task<int> StepsOfLastDeployAsync(TestServer server)
    {
        using var client = NuaClient.Over(server.Home.ServerSocket);
        var deploy = (await client.OperationsAsync(null, null, Cancellation)).Operations.First(operation => operation.Kind == "deploy");
        return (await client.OperationAsync(deploy.Id, Cancellation)).Steps.Count;
    }

    /// <summary>Starts a deploy and ends the server's process when the step's intent is on record.</summary>
    private static async Task KillAtStepAsync(TestServer server, string app, string instance, int kill)
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

    private static async Task AssertWholeAsync(TestServer server, string host, int kill)
    {
        var containers = await server.ObjectsAsync("container");
        Assert.True(
            containers.Count == 2 && containers.Count(name => name.Contains("_app_")) == 1,
            $"killed at step {kill}: {string.Join(", ", containers)}");
        Assert.Single(await server.ObjectsAsync("network"));
        Assert.Equal(2, (await server.ObjectsAsync("volume")).Count);
        using var visitor = server.Visit(host);
        Assert.Contains("Still here", await visitor.GetStringAsync("/", Cancellation));
        using var operations = JsonDocument.Parse((await server.NuaOkAsync("operations", "list", "--json")).Output);
        Assert.DoesNotContain("Running", operations.RootElement.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }
}
