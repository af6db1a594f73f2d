using System.Net;
using System.Text.Json;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>A packager on another machine: a login over TLS with a pinned certificate, a deploy, and what they may not do.</summary>
public sealed class RemoteTests : IAsyncLifetime
{
    private readonly int _port = TestServer.FreePort();
    private readonly TestServer _server;
    private readonly AppCopy _app = new("guestbook");
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("nua-elsewhere-");
    private readonly List<Outcome> _outcomes = [];
    private readonly List<string> _tokens = [];

    public RemoteTests() => _server = new TestServer(remotePort: _port);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        await LoginAsync("deployer", "--scope", "deploy", "--instance", _app.Id);
        await LoginAsync("reader", "--scope", "read");
        await OkAsync("--context", "deployer", "deploy", _app.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
        _elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task A_deploy_from_elsewhere_serves_and_a_reader_cannot_end_it()
    {
        using var visitor = _server.Visit($"{_app.Id}.localhost");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/", Cancellation)).StatusCode);
        Assert.Contains(_app.Id, (await OkAsync("--context", "reader", "apps")).Output);
        Assert.NotEmpty((await OkAsync("--context", "deployer", "logs", _app.Id)).Output);
        Assert.Equal("running", JsonDocument.Parse((await OkAsync("--context", "deployer", "status", _app.Id, "--json")).Output)
            .RootElement.GetProperty("instance").GetProperty("state").GetString());

        foreach (var context in new[] { "reader", "deployer" })
        {
            var refused = await NuaAsync("--context", context, "destroy", _app.Id, "--with-data", "--accept-data-loss", "--yes");
            Assert.True(refused.ExitCode == 4 && refused.Error.Contains("access.scope"), refused.ToString());
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/", Cancellation)).StatusCode);
        var trail = (await _server.NuaOkAsync("audit", "--json")).Output;
        Assert.Contains("token deployer", trail);
        Assert.Contains("403 access.scope", trail);
        await _server.NuaOkAsync("audit", "verify");
    }

    /// <summary>
    /// Two places hold secrets by design and are left out: <c>run/secrets</c>, the tmpfs files that containers get theirs from, and
    /// the file in which a user keeps the tokens they logged in with.
    /// </summary>
    [Fact]
    public async Task No_secret_is_to_be_found_in_any_output_log_file_or_image()
    {
        await OkAsync("--context", "deployer", "plan", _app.Folder);
        await OkAsync("--context", "deployer", "env", "show", _app.Id);
        await NuaAsync("--context", "reader", "restart", _app.Id);
        await _server.NuaOkAsync("restart", _app.Id);
        var containers = await _server.ObjectsAsync("container");
        var secrets = _tokens.Concat(await SecretsOfAsync(containers)).Distinct().ToList();
        Assert.True(secrets.Count >= 4, $"{secrets.Count} secrets are too few to search for.");

        var search = new SecretSearch(secrets, control: _app.Id);
        search.Look("the outputs of nua", string.Join('\n', _outcomes));
        search.LookInFiles(_server.Folder, except: Path.Combine(_server.Home.Run, "secrets"));
        search.LookAtProcesses();
        await LookAtEngineAsync(search, containers);

        Assert.Empty(search.Found);
        Assert.All(
            ["the outputs of nua", "/nua.db", "nua-server.log", "docker inspect", "docker export", "docker save"],
            place => Assert.Contains(search.Controlled, where => where.Contains(place)));
    }

    private static async Task<IReadOnlyList<string>> SecretsOfAsync(IEnumerable<string> containers)
    {
        var secrets = new List<string>();
        foreach (var container in containers)
        {
            var file = await Command.DockerAsync(Cancellation, "exec", "--user", "0", container, "cat", "/run/nua/secrets.json");
            Assert.True(file.ExitCode == 0, file.ToString());
            secrets.AddRange(JsonDocument.Parse(file.Output).RootElement.EnumerateObject().Select(secret => secret.Value.GetString()!));
        }

        return [.. secrets.Where(secret => secret.Length >= 8)];
    }

    private async Task LookAtEngineAsync(SecretSearch search, IEnumerable<string> containers)
    {
        var images = new HashSet<string>();
        var file = Path.Combine(_elsewhere.FullName, "engine.tar");
        foreach (var container in containers)
        {
            search.Look($"docker inspect {container}", (await Command.DockerAsync(Cancellation, "inspect", container)).Output);
            search.Look($"docker logs {container}", (await Command.DockerAsync(Cancellation, "logs", container)).ToString());
            images.Add((await Command.DockerAsync(Cancellation, "inspect", "--format", "{{.Image}}", container)).Output.Trim());
            await Command.DockerAsync(Cancellation, "export", "--output", file, container);
            search.LookIn(file, $"docker export {container}");
        }

        foreach (var image in images)
        {
            search.Look($"docker inspect {image}", (await Command.DockerAsync(Cancellation, "inspect", image)).Output);
            search.Look($"docker history {image}", (await Command.DockerAsync(Cancellation, "history", "--no-trunc", image)).Output);
            await Command.DockerAsync(Cancellation, "save", "--output", file, image);
            search.LookIn(file, $"docker save {image}");
        }
    }

    /// <summary>What an administrator makes and another machine's user logs in with, knowing the server by its fingerprint.</summary>
    private async Task LoginAsync(string name, params IReadOnlyList<string> limits)
    {
        var made = JsonDocument.Parse(
            (await _server.NuaOkAsync(["token", "create", "--name", name, .. limits, "--json"])).Output).RootElement;
        var token = made.GetProperty("text").GetString()!;
        var file = Path.Combine(_elsewhere.FullName, name);
        await File.WriteAllTextAsync(file, token, Cancellation);
        _tokens.Add(token);
        await OkAsync(
            "login", $"https://localhost:{_port}", "--context", name, "--token-file", file,
            "--fingerprint", made.GetProperty("door").GetProperty("fingerprint").GetString()!);
    }

    private async Task<Outcome> OkAsync(params IReadOnlyList<string> arguments)
    {
        var outcome = await NuaAsync(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        return outcome;
    }

    private async Task<Outcome> NuaAsync(params IReadOnlyList<string> arguments)
    {
        var outcome = await Command.RunAsync(
            Path.Combine(Repository.Programs, "nua"),
            arguments,
            new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _elsewhere.FullName, ["NO_COLOR"] = "1" },
            Cancellation);
        _outcomes.Add(outcome);
        return outcome;
    }
}
