using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>The main job: from a nua-config to a live HTTPS site whose data outlives everything.</summary>
public sealed class GuestbookTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private readonly AppCopy _app = new("guestbook");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Host => $"{_app.Id}.localhost";

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        await _server.NuaOkAsync("deploy", _app.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task An_entry_survives_a_restart_a_reboot_of_the_platform_and_a_redeploy()
    {
        using var visitor = _server.Visit(Host);
        var entry = await SignAsync(visitor, "I was here before it all happened");

        await _server.NuaOkAsync("restart", _app.Id);
        await AssertThereAsync(entry);

        await RebootAsync();
        await AssertThereAsync(entry);

        _app.Change("guestbook/check.py", "import hashlib", "# Changed.\nimport hashlib");
        var deployed = await _server.NuaOkAsync("deploy", _app.Folder, "--json");
        Assert.True(JsonDocument.Parse(deployed.Output).RootElement.GetProperty("changed").GetBoolean(), deployed.ToString());
        await AssertThereAsync(entry);
    }

    [Fact]
    public async Task Deploying_again_without_a_change_changes_nothing()
    {
        var before = await _server.ObjectsAsync("container");

        var again = await _server.NuaOkAsync("deploy", _app.Folder, "--json");

        Assert.False(JsonDocument.Parse(again.Output).RootElement.GetProperty("changed").GetBoolean());
        Assert.Equal(before, await _server.ObjectsAsync("container"));
    }

    [Fact]
    public async Task No_password_is_to_be_seen_from_outside()
    {
        var secrets = new List<string>();
        var inspected = "";
        foreach (var container in await _server.ObjectsAsync("container"))
        {
            var file = await Command.DockerAsync(Cancellation, "exec", "--user", "0", container, "cat", "/run/nua/secrets.json");
            Assert.True(file.ExitCode == 0, file.ToString());
            secrets.AddRange(JsonDocument.Parse(file.Output).RootElement.EnumerateObject().Select(secret => secret.Value.GetString()!));
            inspected += (await Command.DockerAsync(Cancellation, "inspect", container)).Output;
        }

        Assert.Contains(secrets, secret => secret.Length >= 24);
        var seen = new Dictionary<string, string>
        {
            ["docker inspect"] = inspected,
            ["the operations"] = (await _server.NuaOkAsync("operations", "list", "--json")).Output,
            ["the status"] = (await _server.NuaOkAsync("status", _app.Id, "--json")).Output,
            ["the log"] = (await _server.NuaOkAsync("logs", _app.Id)).Output,
        };
        // The locks of the server and the gateway are held; they are empty by design.
        foreach (var file in Directory.GetFiles(_server.Home.State, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            seen[file] = System.Text.Encoding.Latin1.GetString(await ReadSharedAsync(file));
        }

        foreach (var (where, text) in seen)
        {
            Assert.False(secrets.Any(text.Contains), $"A secret is to be seen in {where}.");
        }
    }

    [Fact]
    public async Task A_version_that_never_answers_leaves_the_old_one_serving_and_no_trace()
    {
        var before = await EverythingAsync();
        _app.Change("nua-config.toml", "\"gunicorn\"]", "\"sleep 600\"]");
        _app.Append("nua-config.toml", "\n[healthcheck]\ncommand = \"false\"\ninterval = 1\nstart-period = 3\n");

        var failed = await _server.NuaAsync("deploy", _app.Folder);

        Assert.True(failed.ExitCode == 6, failed.ToString());
        Assert.Contains("deploy.app-not-answering", failed.Error);
        Assert.Equal(before, await EverythingAsync());
        using var visitor = _server.Visit(Host);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_version_that_fails_its_tests_leaves_the_old_one_serving_and_no_trace()
    {
        var before = await EverythingAsync();
        _app.Change("nua-config.toml", "expect-text = \"Sign the guestbook\"", "expect-text = \"Something else\"");

        var failed = await _server.NuaAsync("deploy", _app.Folder);

        Assert.True(failed.ExitCode == 6, failed.ToString());
        Assert.Contains("the front page invites to sign", failed.Error);
        Assert.Equal(before, await EverythingAsync());
    }

    [Fact]
    public async Task Visitors_on_plain_http_are_sent_to_https()
    {
        var settings = await File.ReadAllTextAsync(_server.Home.SettingsFile, Cancellation);
        var port = settings.Split("127.0.0.1:")[1].Split('"')[0];
        using var plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/page?x=1");
        request.Headers.Host = Host;

        using var answer = await plain.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal($"https://{Host}:{_server.HttpsPort}/page?x=1", answer.Headers.Location!.AbsoluteUri);
    }

    [Fact]
    public async Task Every_daily_command_has_an_answer_for_people_and_one_for_programs()
    {
        string[][] commands = [["apps"], ["status"], ["status", _app.Id], ["deployments", _app.Id], ["operations", "list"], ["doctor"]];
        foreach (var command in commands)
        {
            var forPeople = await _server.NuaOkAsync(command);
            var forPrograms = await _server.NuaOkAsync([.. command, "--json"]);

            Assert.NotEmpty(forPeople.Output);
            using var document = JsonDocument.Parse(forPrograms.Output);
        }

        Assert.Contains(_app.Id, (await _server.NuaOkAsync("apps")).Output);
    }

    [Fact]
    public async Task Stop_start_and_destroy_do_what_they_say_and_destroy_keeps_the_data()
    {
        await _server.NuaOkAsync("stop", _app.Id);
        using var visitor = _server.Visit(Host);
        await Assert.ThrowsAsync<HttpRequestException>(() => visitor.GetStringAsync("/", Cancellation));

        await _server.NuaOkAsync("start", _app.Id);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/", Cancellation)).StatusCode);

        await _server.NuaOkAsync("destroy", _app.Id, "--yes");
        Assert.Empty(await _server.ObjectsAsync("container"));
        Assert.Empty(await _server.ObjectsAsync("network"));
        Assert.Equal(2, (await _server.ObjectsAsync("volume")).Count);

        var refused = await _server.NuaAsync("destroy", _app.Id, "--with-data", "--yes");
        Assert.True(refused.ExitCode == 4, refused.ToString());
        await _server.NuaOkAsync("destroy", _app.Id, "--with-data", "--accept-data-loss", "--yes");
        Assert.Empty(await _server.ObjectsAsync("volume"));
    }

    private static async Task<string> SignAsync(HttpClient visitor, string message)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "A visitor", ["message"] = message });
        using var answer = await visitor.PostAsync("/api/entries", form, Cancellation);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return $"/api/entries/{(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id")}";
    }

    private async Task AssertThereAsync(string entry)
    {
        using var visitor = _server.Visit(Host);
        Assert.Contains("I was here before it all happened", await visitor.GetStringAsync(entry, Cancellation));
        Assert.Contains("I was here before it all happened", await visitor.GetStringAsync("/", Cancellation));
    }

    /// <summary>All processes of the platform and of its instances end at once; then only the server is started again.</summary>
    private async Task RebootAsync()
    {
        _server.KillServer();
        _server.KillGateway();
        foreach (var container in await _server.ObjectsAsync("container"))
        {
            await Command.DockerAsync(Cancellation, "kill", container);
        }

        await _server.StartAsync();
        await _server.NuaOkAsync("deploy", _app.Folder);
    }

    private async Task<string> EverythingAsync() => string.Join(
        '\n',
        [.. await _server.ObjectsAsync("container"), .. await _server.ObjectsAsync("network"), .. await _server.ObjectsAsync("volume")]);

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }
}
