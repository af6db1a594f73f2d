using System.Net;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>kill -9 of the real server, as soon as each step of an instance's first deploy has begun.</summary>
[Trait("Category", "crash")]
public sealed class FirstDeployKillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_deploy_killed_at_any_step_leaves_nothing_or_a_whole_instance()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = new AppCopy("guestbook");
        await server.NuaOkAsync("deploy", app.Folder);
        var steps = await Killing.StepsOfLastDeployAsync(server);
        await DestroyAsync(server, app.Id);

        var lived = 0;
        foreach (var kill in Killing.StepsOf(steps))
        {
            await Killing.AtStepAsync(server, app.Id, $"first-{kill}", kill);

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
}
