using System.Text.Json;
using Nua.Engine.Access;
using Nua.Testing.Fakes;
using Nua.Tests.Server.Doors;
using Xunit;

namespace Nua.Tests.Cli;

/// <summary>The command line and a server elsewhere, from the login to the logout.</summary>
public sealed class RemoteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nua-contexts-").FullName;

    private string ContextFile => Path.Combine(_folder, "nua", "contexts.json");

    [Fact]
    public async Task Who_logged_in_works_there_as_here_until_they_log_out()
    {
        await using var world = await DoorWorld.StartAsync();

        var login = await LoginAsync(world, await world.TokenAsync(Scope.Deploy, "notes"), "--context", "prod");
        var apps = await RunAsync("apps", "--json");
        var deploy = await RunAsync("deploy", "notes:1.0");
        var logs = await RunAsync("logs", "notes");
        var refused = await RunAsync("destroy", "notes", "--yes");
        var logout = await RunAsync("logout");
        var after = await RunAsync("apps");

        Assert.Equal((0, 0, 0, 0), (login.Exit, apps.Exit, deploy.Exit, logs.Exit));
        Assert.Contains("token token0: deploy on notes", login.Output);
        Assert.Equal("notes", JsonDocument.Parse(apps.Output).RootElement.GetProperty("instances")[0].GetProperty("name").GetString());
        Assert.Equal(4, refused.Exit);
        Assert.Contains("[access.scope]", refused.Error);
        Assert.Equal(0, logout.Exit);
        Assert.Contains("No Nua server answers on /nowhere", after.Error);
    }

    [Fact]
    public async Task What_is_kept_is_for_nobody_else_to_read()
    {
        await using var world = await DoorWorld.StartAsync();
        var token = await world.TokenAsync(Scope.Read);
        var login = await LoginAsync(world, token);
        var list = await RunAsync("context", "list", "--json");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(ContextFile));
        Assert.DoesNotContain(token, $"{login} {list}");

        File.SetUnixFileMode(ContextFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("[cli.contexts-open]", (await RunAsync("apps")).Error);
    }

    [Fact]
    public async Task A_server_that_shows_another_certificate_gets_no_token()
    {
        await using var world = await DoorWorld.StartAsync();
        await using var impostor = await DoorWorld.StartAsync();
        await LoginAsync(world, await world.TokenAsync(Scope.Read), "--context", "prod");
        await File.WriteAllTextAsync(
            ContextFile,
            (await File.ReadAllTextAsync(ContextFile, TestContext.Current.CancellationToken))
                .Replace($":{world.Server.Door.Port}", $":{impostor.Server.Door.Port}"),
            TestContext.Current.CancellationToken);

        var asked = await RunAsync("apps");

        Assert.Equal(4, asked.Exit);
        Assert.Contains("[server.other-certificate]", asked.Error);
    }

    [Fact]
    public async Task Without_somebody_to_compare_it_an_unknown_certificate_is_refused_and_named()
    {
        await using var world = await DoorWorld.StartAsync();
        var file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, await world.TokenAsync(Scope.Read), TestContext.Current.CancellationToken);

        var refused = await RunAsync("login", $"{world.Server.Door}", "--token-file", file);

        Assert.Equal(4, refused.Exit);
        Assert.Contains("[cli.unknown-certificate]", refused.Error);
        Assert.Contains(world.Server.Plane.Door!.Status.Fingerprint, refused.Error);
        Assert.False(File.Exists(ContextFile));
    }

    [Fact]
    public async Task A_file_can_say_which_authority_vouches_for_a_server()
    {
        await using var world = await DoorWorld.StartAsync();
        var (file, authority) = (Path.Combine(_folder, "token"), Path.Combine(world.Server.Home.DoorState, "door.crt"));
        await File.WriteAllTextAsync(file, await world.TokenAsync(Scope.Read), TestContext.Current.CancellationToken);

        var known = await RunAsync("login", $"https://localhost:{world.Server.Door.Port}", "--token-file", file, "--ca", authority);
        var apps = await RunAsync("apps");
        await using var impostor = await DoorWorld.StartAsync();
        var other = await RunAsync("login", $"https://localhost:{impostor.Server.Door.Port}", "--token-file", file, "--ca", authority);

        Assert.True(known.Exit == 0, known.Error);
        Assert.Equal(0, apps.Exit);
        Assert.Contains("[server.other-certificate]", other.Error);
    }

    [Fact]
    public async Task A_token_that_the_server_does_not_take_is_not_kept()
    {
        await using var world = await DoorWorld.StartAsync();

        var refused = await LoginAsync(world, await world.RevokedTokenAsync());

        Assert.Equal(4, refused.Exit);
        Assert.Contains("[access.bad-token]", refused.Error);
        Assert.False(File.Exists(ContextFile));
    }

    [Fact]
    public async Task A_job_that_keeps_no_file_says_all_in_its_environment()
    {
        await using var world = await DoorWorld.StartAsync();
        var job = new Dictionary<string, string>
        {
            ["NUA_SERVER"] = $"{world.Server.Door}",
            ["NUA_TOKEN"] = await world.TokenAsync(Scope.Read),
            ["NUA_FINGERPRINT"] = world.Server.Plane.Door!.Status.Fingerprint.ToUpperInvariant(),
        };

        Assert.Contains("token token0", (await RunAsync(job, "whoami")).Output);
        Assert.Contains("[cli.no-token]", (await RunAsync(new Dictionary<string, string> { ["NUA_SERVER"] = job["NUA_SERVER"] }, "whoami")).Error);
        Assert.False(File.Exists(ContextFile));
    }

    [Theory]
    [InlineData("server", "start")]
    [InlineData("server", "stop")]
    [InlineData("server", "logs")]
    [InlineData("server")]
    [InlineData("doctor")]
    public async Task What_works_on_the_servers_own_machine_is_not_done_here_by_mistake(params string[] words)
    {
        await using var world = await DoorWorld.StartAsync();
        await LoginAsync(world, await world.TokenAsync(Scope.Admin));

        var refused = await RunAsync(words);

        Assert.Equal(4, refused.Exit);
        Assert.Contains("[cli.local-only]", refused.Error);
        Assert.Equal("ready", world.Server.Plane.State.Now);
    }

    [Theory]
    [InlineData("http://localhost:9443")]
    [InlineData("localhost:9443")]
    [InlineData("https://user:password@localhost:9443")]
    [InlineData("https://localhost:9443/v1")]
    public async Task A_token_never_travels_in_the_clear(string url)
    {
        var refused = await RunAsync("login", url);

        Assert.Equal(2, refused.Exit);
        Assert.Contains("is no address of a server", refused.Error);
    }

    [Fact]
    public async Task Contexts_are_chosen_by_option_variable_or_for_good()
    {
        await using var world = await DoorWorld.StartAsync();
        await LoginAsync(world, await world.TokenAsync(Scope.Read), "--context", "one");
        await LoginAsync(world, await world.TokenAsync(Scope.Read), "--context", "two");

        Assert.Contains("token token1", (await RunAsync("whoami")).Output);
        Assert.Contains("token token0", (await RunAsync("whoami", "--context", "one")).Output);
        Assert.Contains("token token0", (await RunAsync(new Dictionary<string, string> { ["NUA_CONTEXT"] = "one" }, "whoami")).Output);
        Assert.Contains("/nowhere", (await RunAsync(new Dictionary<string, string> { ["NUA_HOME"] = "/nowhere" }, "whoami")).Error);
        Assert.Equal(0, (await RunAsync("context", "use", "one")).Exit);
        Assert.Contains("token token0", (await RunAsync("whoami")).Output);
        Assert.Equal(3, (await RunAsync("apps", "--context", "three")).Exit);
        Assert.Equal(0, (await RunAsync("context", "use", "local")).Exit);
        Assert.Contains("/nowhere", (await RunAsync("whoami")).Error);
    }

    [Fact]
    public async Task A_broken_audit_trail_is_named_with_the_record_where_it_shows()
    {
        await using var world = await DoorWorld.StartAsync();
        using var whole = new Line(world.Server.Home.ServerSocket);
        using var list = new Line(world.Server.Home.ServerSocket);
        using var broken = new Line(world.Server.Home.ServerSocket);

        Assert.Equal(0, await whole.RunAsync("audit", "verify"));
        Assert.Equal(0, await list.RunAsync("audit", "--since", "1h"));
        ((InMemoryAuditTrail)world.Server.Plane.Audit).Forge(1);
        Assert.Equal(7, await broken.RunAsync("audit", "verify"));

        Assert.StartsWith("The audit trail is whole: 2 records, the last with the hash ", whole.Output);
        Assert.StartsWith("The audit trail is broken at record 1 of 2", broken.Output);
        Assert.Contains("POST /v1/deployments", list.Output);
    }

    [Fact]
    public async Task A_token_is_shown_once_with_the_way_to_use_it()
    {
        await using var world = await DoorWorld.StartAsync();
        using var create = new Line(world.Server.Home.ServerSocket);
        using var list = new Line(world.Server.Home.ServerSocket);
        using var revoke = new Line(world.Server.Home.ServerSocket);

        Assert.Equal(0, await create.RunAsync("token", "create", "--name", "ci", "--scope", "deploy,operate", "--instance", "notes", "--expires", "30d"));
        Assert.Equal(0, await list.RunAsync("token", "list"));
        Assert.Equal(0, await revoke.RunAsync("token", "revoke", "ci"));

        var text = create.Output.Split('\n')[0];
        Assert.NotNull(TokenText.Parse(text));
        Assert.Contains(world.Server.Plane.Door!.Status.Fingerprint, create.Output);
        Assert.Matches(@"ci\s+operate,deploy\s+notes", list.Output);
        Assert.DoesNotContain(text, list.Output + revoke.Output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<Ran> LoginAsync(DoorWorld world, string token, params string[] more)
    {
        var file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, token + "\n", TestContext.Current.CancellationToken);
        var url = $"https://localhost:{world.Server.Door.Port}";
        return await RunAsync(["login", url, "--token-file", file, "--fingerprint", world.Server.Plane.Door!.Status.Fingerprint, .. more]);
    }

    private Task<Ran> RunAsync(params string[] words) => RunAsync([], words);

    private async Task<Ran> RunAsync(Dictionary<string, string> variables, params string[] words)
    {
        using var line = new Line(around: new Surroundings(ContextFile, variables));
        return new Ran(await line.RunAsync(words), line.Output, line.Error);
    }

    private sealed record Ran(int Exit, string Output, string Error);
}
