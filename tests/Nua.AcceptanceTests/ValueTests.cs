using System.Net;
using System.Text;
using System.Text.Json;
using Nua.Api;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Values and secrets of the guestbook: given, taken back, made anew, and to be seen by nobody.</summary>
public sealed class ValueTests : IAsyncLifetime
{
    private const string Entry = "I was here before it all happened";
    private readonly TestServer _server = new();
    private readonly AppCopy _app = new("guestbook");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Host => $"{_app.Id}.localhost";

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        await _server.NuaOkAsync("deploy", _app.Folder);
        using var visitor = _server.Visit(Host);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Ann", ["message"] = Entry });
        Assert.Equal(HttpStatusCode.Created, (await visitor.PostAsync("/api/entries", form, Cancellation)).StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_value_is_served_through_an_update_until_it_is_taken_back()
    {
        await _server.NuaOkAsync("env", "set", _app.Id, "GUESTBOOK_TITLE=Harbour visitors");
        Assert.Contains("Harbour visitors", await FrontPageAsync(), StringComparison.Ordinal);

        _app.Change("guestbook/check.py", "import hashlib", "# Changed.\nimport hashlib");
        await _server.NuaOkAsync("deploy", _app.Folder);
        Assert.Contains("Harbour visitors", await FrontPageAsync(), StringComparison.Ordinal);

        await _server.NuaOkAsync("env", "unset", _app.Id, "GUESTBOOK_TITLE");
        Assert.DoesNotContain("Harbour visitors", await FrontPageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_given_is_seen_by_the_app_and_by_nobody_else()
    {
        const string secret = "correct-horse-battery-staple";
        var file = Path.Combine(_server.Folder, "given.env");
        await File.WriteAllTextAsync(file, $"SMTP_PASSWORD='{secret}'\n", Cancellation);

        await _server.NuaOkAsync("env", "set", _app.Id, "--from-file", file);

        Assert.Equal(secret, (await SecretsOfAsync("app"))["SMTP_PASSWORD"]);
        foreach (var container in await _server.ObjectsAsync("container"))
        {
            Assert.DoesNotContain(secret, (await Command.DockerAsync(Cancellation, "inspect", container)).Output, StringComparison.Ordinal);
        }

        string[][] commands =
        [
            ["env", "show", _app.Id], ["env", "show", _app.Id, "--json"], ["secret", "list", _app.Id, "--json"],
            ["operations", "list", "--json"], ["deployments", _app.Id, "--json"], ["logs", _app.Id],
        ];
        foreach (var command in commands)
        {
            Assert.DoesNotContain(secret, (await _server.NuaOkAsync(command)).Output, StringComparison.Ordinal);
        }

        foreach (var written in Directory.GetFiles(_server.Home.State, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("lock", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(secret, Encoding.Latin1.GetString(await ReadSharedAsync(written)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_database_is_told_another_password_while_it_runs_and_the_old_one_is_worth_nothing()
    {
        var (before, container) = ((await SecretsOfAsync("database"))["POSTGRES_PASSWORD"], await ContainerAsync("database"));
        var startedAt = await StartedAtAsync(container);

        await _server.NuaOkAsync("secret", "rotate", _app.Id, "DB_PASSWORD", "--yes");

        var after = (await SecretsOfAsync("database"))["POSTGRES_PASSWORD"];
        Assert.Equal((true, false), (await IsLetInAsync(after), await IsLetInAsync(before)));
        Assert.Equal(after, (await SecretsOfAsync("app"))["DB_PASSWORD"]);
        Assert.Equal(startedAt, await StartedAtAsync(container));
        Assert.Contains(Entry, await FrontPageAsync(), StringComparison.Ordinal);
    }

    /// <summary>kill -9 of the real server, as soon as each step of a rotation has begun, with a real PostgreSQL.</summary>
    [Fact]
    [Trait("Category", "crash")]
    public async Task A_rotation_killed_at_any_step_ends_with_an_app_that_its_database_lets_in()
    {
        await _server.NuaOkAsync("secret", "rotate", _app.Id, "DB_PASSWORD", "--yes");
        using var client = NuaClient.Over(_server.Home.ServerSocket);
        var last = (await client.OperationsAsync(new OperationQuery(Kind: "rotate"), Cancellation)).Operations[0];
        var steps = (await client.OperationAsync(last.Id, Cancellation)).Steps.Count;
        foreach (var kill in Killing.StepsOf(steps))
        {
            await Killing.AtStepAsync(client, () => client.RotateAsync(_app.Id, new RotateBody(["DB_PASSWORD"]), Cancellation), kill, () =>
            {
                _server.KillServer();
                return Task.CompletedTask;
            });

            await _server.StartAsync();

            var password = (await SecretsOfAsync("app"))["DB_PASSWORD"];
            Assert.True(await IsLetInAsync(password), $"killed at step {kill}");
            Assert.Equal(password, (await SecretsOfAsync("database"))["POSTGRES_PASSWORD"]);
            Assert.Contains(Entry, await FrontPageAsync(), StringComparison.Ordinal);
            await _server.NuaOkAsync("restart", _app.Id);
            Assert.Contains(Entry, await FrontPageAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<string> FrontPageAsync()
    {
        using var visitor = _server.Visit(Host);
        return await visitor.GetStringAsync("/", Cancellation);
    }

    private async Task<string> ContainerAsync(string role) =>
        (await _server.ObjectsAsync("container")).Single(name => name.Contains($"_{role}_", StringComparison.Ordinal));

    private async Task<IReadOnlyDictionary<string, string>> SecretsOfAsync(string role)
    {
        var file = await Command.DockerAsync(
            Cancellation, "exec", "--user", "0", await ContainerAsync(role), "cat", "/run/nua/secrets.json");
        Assert.True(file.ExitCode == 0, file.ToString());
        using var document = JsonDocument.Parse(file.Output);
        return document.RootElement.EnumerateObject().ToDictionary(secret => secret.Name, secret => secret.Value.GetString()!);
    }

    private static async Task<string> StartedAtAsync(string container) =>
        (await Command.DockerAsync(Cancellation, "inspect", "--format", "{{.State.StartedAt}}", container)).Output;

    /// <summary>Whether PostgreSQL lets the app's user in over the network with that password.</summary>
    private async Task<bool> IsLetInAsync(string password)
    {
        var environment = (await Command.DockerAsync(
            Cancellation, "inspect", "--format", "{{join .Config.Env \"\\n\"}}", await ContainerAsync("database"))).Output
            .Split('\n').Where(line => line.Contains('=')).ToDictionary(line => line.Split('=')[0], line => line[(line.IndexOf('=') + 1)..].Trim());
        var asked = await Command.DockerAsync(
            Cancellation,
            "exec",
            "--env",
            $"PGPASSWORD={password}",
            await ContainerAsync("database"),
            "psql",
            "--host=127.0.0.1",
            $"--username={environment["POSTGRES_USER"]}",
            $"--dbname={environment["POSTGRES_DB"]}",
            "--no-password",
            "--command=SELECT 1");
        return asked.ExitCode == 0;
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }
}
