using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>What goes wrong is told with its cause, its code and the way out, and leaves nothing behind.</summary>
public sealed class FailureTests
{
    private const string Minimal =
        """
        [metadata]
        id = "ID"
        version = "1.0"
        title = "A probe"
        author = "The Nua developers"

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("[build]\nbuild = [\"echo now it breaks\", \"ls /no/such/folder\"]\n[run]\nstart = \"sleep 600\"", "/no/such/folder")]
    [InlineData("[build]\ntest = \"echo smoke && test -e /nothing-here\"\n[run]\nstart = \"sleep 600\"", "test -e /nothing-here")]
    [InlineData("[run]\npackages = [\"no-such-package-anywhere\"]\nstart = \"sleep 600\"", "no-such-package-anywhere")]
    public async Task A_build_that_fails_says_why_and_leaves_no_image(string rest, string cause)
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = AppCopy.Of(Minimal + rest);

        var failed = await server.NuaAsync("build", app.Folder);

        Assert.True(failed.ExitCode == 5, failed.ToString());
        Assert.Contains(cause, string.Join('\n', failed.Error.Split('\n').TakeLast(25)));
        Assert.Empty(await app.ImagesAsync());
    }

    [Fact]
    public async Task Without_an_engine_the_answer_is_how_to_start_it()
    {
        await using var server = new TestServer(engineSocket: "/run/nua-no-such-engine.sock");
        await server.NuaAsync("server", "--detach");

        var failed = await server.NuaAsync("deploy", Repository.App("static-site"));

        Assert.True(failed.ExitCode == 8, failed.ToString());
        Assert.Contains("runtime.unreachable", failed.Error);
        Assert.Contains("/run/nua-no-such-engine.sock", failed.Error);
        Assert.Contains("hint:", failed.Error);
    }

    [Fact]
    public async Task Without_a_server_the_answer_is_how_to_start_it()
    {
        await using var server = new TestServer();

        var failed = await server.NuaAsync("apps");

        Assert.True(failed.ExitCode == 8, failed.ToString());
        Assert.Contains("server.unreachable", failed.Error);
        Assert.Contains("nua server", failed.Error);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var port = ((IPEndPoint)occupant.LocalEndpoint).Port;
        await using var server = new TestServer(httpsPort: port);

        var failed = await server.NuaAsync("server", "--detach");

        Assert.True(failed.ExitCode == 8, failed.ToString());
        Assert.Contains($"{port}", failed.Error);
        Assert.Contains("hint:", failed.Error);
    }

    [Fact]
    public async Task A_foreign_object_with_the_wanted_name_is_left_alone_and_named()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = new AppCopy("static-site");
        var name = $"{server.Name}_{app.Id}";
        var made = await Command.DockerAsync(Cancellation, "network", "create", name);
        Assert.True(made.ExitCode == 0, made.ToString());
        try
        {
            var failed = await server.NuaAsync("deploy", app.Folder);

            Assert.True(failed.ExitCode == 4, failed.ToString());
            Assert.Contains("runtime.name-taken", failed.Error);
            Assert.Equal(0, (await Command.DockerAsync(Cancellation, "network", "inspect", name)).ExitCode);
            Assert.Empty(await server.ObjectsAsync("container"));
        }
        finally
        {
            await Command.DockerAsync(CancellationToken.None, "network", "rm", name);
        }
    }

    [Fact]
    public async Task A_bad_config_is_told_with_file_line_and_column()
    {
        await using var server = new TestServer();
        await using var app = AppCopy.Of(Minimal.Replace("title", "titel"));

        var failed = await server.NuaAsync("validate", app.Folder);

        Assert.True(failed.ExitCode == 2, failed.ToString());
        Assert.Matches(@"nua-config\.toml:\d+:\d+: .*title", failed.Output + failed.Error);
    }
}
