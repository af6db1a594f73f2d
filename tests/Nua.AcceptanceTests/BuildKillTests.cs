using System.Diagnostics;
using Nua.Testing;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>What touches the images of every server on the engine, as a clean-up does: no other test runs beside it.</summary>
[CollectionDefinition(nameof(WholeEngine), DisableParallelization = true)]
public sealed class WholeEngine;

/// <summary>kill -9 of the server, and of the program that builds for it, in the middle of a step: nothing is left.</summary>
[Collection(nameof(WholeEngine))]
[Trait("Category", "crash")]
public sealed class BuildKillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_server_was_building_is_named_and_removed()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = Sleeper();
        var build = server.NuaAsync("build", app.Folder);
        await StepAsync(app, runs: true);

        server.KillServer();
        await build;
        await server.StartAsync();
        await StepAsync(app, runs: false);
        var first = await server.NuaOkAsync("server", "cleanup");
        var second = await server.NuaOkAsync("server", "cleanup");

        Assert.Contains("Ended docker", first.Output, StringComparison.Ordinal);
        Assert.Contains($"Removed {server.Home.State}/scratch/", first.Output, StringComparison.Ordinal);
        Assert.Contains("sent folders", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("There was nothing to clean up.", second.Output, StringComparison.Ordinal);
        await AssertNothingIsLeftAsync(server, app);
        Assert.Empty(Directory.GetDirectories(Path.Combine(server.Home.State, "uploads")));
    }

    [Fact]
    public async Task A_build_whose_program_is_killed_fails_and_leaves_nothing()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = Sleeper();
        var build = server.NuaAsync("build", app.Folder);
        await StepAsync(app, runs: true);

        foreach (var client in Builders(server))
        {
            client.Kill();
        }

        Assert.Equal(5, (await build).ExitCode);
        await StepAsync(app, runs: false);
        await AssertNothingIsLeftAsync(server, app);
    }

    [Fact]
    public async Task A_cancelled_build_ends_its_step()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = Sleeper();
        var build = server.NuaAsync("build", app.Folder);
        await StepAsync(app, runs: true);

        var id = (await server.NuaOkAsync("operations", "list")).Output.Split('\n')[1].Split(' ')[0];
        await server.NuaOkAsync("operations", "cancel", id);

        Assert.Equal(8, (await build).ExitCode);
        await StepAsync(app, runs: false);
        await AssertNothingIsLeftAsync(server, app);
    }

    private static AppCopy Sleeper() => AppCopy.Of(
        """
        [metadata]
        id = "ID"
        version = "1.0"
        title = "Sleeper"
        author = "The Nua developers"

        [build]
        build = "sleep 4711 && echo ID"

        [run]
        start = "sleep 1"
        """);

    private static async Task AssertNothingIsLeftAsync(TestServer server, AppCopy app)
    {
        var scratch = Path.Combine(server.Home.State, "scratch");
        Assert.Empty(Directory.GetFiles(scratch, "*", SearchOption.AllDirectories));
        Assert.Empty(Builders(server));
        Assert.Empty(await app.ImagesAsync());
        Assert.DoesNotContain("running", (await server.NuaOkAsync("operations", "list")).Output, StringComparison.Ordinal);
    }

    /// <summary>Waits until the long step runs, or until it does no more. The engine is on this machine, and so is the step.</summary>
    private static Task StepAsync(AppCopy app, bool runs) => Eventually.TrueAsync(
        () => Task.FromResult(Commands().Any(command => command.Contains($"sleep 4711 && echo {app.Id}", StringComparison.Ordinal)) == runs),
        Cancellation,
        // The base may have to be made first.
        TimeSpan.FromMinutes(3));

    private static IEnumerable<string> Commands() => Directory.GetDirectories("/proc").Select(process => Read(process, "cmdline"));

    private static List<Process> Builders(TestServer server) =>
    [
        .. Process.GetProcesses().Where(process =>
            Read($"/proc/{process.Id}", "environ").Contains($"TMPDIR={server.Home.State}/scratch/", StringComparison.Ordinal)),
    ];

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file)).Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
