using System.Net;
using System.Text.Json;
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

        var steps = await Killing.StepsOfLastDeployAsync(server);
        Assert.InRange(steps, 8, 40);
        foreach (var kill in Killing.StepsOf(steps))
        {
            app.Write("round.txt", $"{kill}");
            await server.NuaOkAsync("build", app.Folder);
            await Killing.AtStepAsync(server, app.Id, app.Id, kill);

            await server.StartAsync();

            await AssertWholeAsync(server, host, kill);
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
