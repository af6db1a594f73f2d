using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>What an administrator does with an instance between two deployments, with the real programs on the real engine.</summary>
public sealed class LifecycleTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private readonly AppCopy _app = new("guestbook");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Host => $"{_app.Id}.localhost";

    private string Copy => $"copy-{_app.Id}";

    private string CopyHost => $"{Copy}.localhost";

    public async ValueTask InitializeAsync()
    {
        _app.Append("nua-config.toml", "\n[[cron]]\nname = \"check\"\nschedule = \"@yearly\"\ncommand = \"python3 -m guestbook.check\"\n");
        await _server.StartAsync();
        await _server.NuaOkAsync("deploy", _app.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Commands_run_as_the_app_with_its_secrets_and_end_as_they_end()
    {
        var failed = await _server.NuaAsync("exec", _app.Id, "--", "sh", "-c", "id -u; echo trouble >&2; exit 7");
        Assert.True(failed.ExitCode == 7, failed.ToString());
        Assert.Equal("trouble\n", failed.Error);
        Assert.NotEqual("0\n", failed.Output);

        var root = await _server.NuaOkAsync("exec", _app.Id, "--user", "root", "--", "id", "-u");
        var secret = await _server.NuaOkAsync("exec", _app.Id, "--", "sh", "-c", "test ${#SECRET_KEY} = 48 && test -n \"$DB_PASSWORD\"");
        var database = await _server.NuaOkAsync("exec", _app.Id, "-w", "database", "--", "cat", "/proc/1/comm");
        var once = await _server.NuaOkAsync("run", _app.Id, "--", "python3", "-m", "guestbook.check");
        var job = await _server.NuaOkAsync("cron", "run", _app.Id, "check");
        var jobs = await _server.NuaOkAsync("cron", "list", _app.Id);

        Assert.Equal("0\n", root.Output);
        Assert.Empty(secret.Output + secret.Error);
        Assert.NotEmpty(database.Output);
        Assert.NotNull(once);
        Assert.Contains("check succeeded", job.Output);
        Assert.Contains("succeeded", jobs.Output);
        Assert.Equal(2, (await _server.ObjectsAsync("container")).Count);
    }

    [Fact]
    public async Task A_paused_instance_stays_paused_over_a_restart_and_goes_on_where_it_was()
    {
        using var visitor = _server.Visit(Host);
        await SignAsync(visitor, "before the pause");

        await _server.NuaOkAsync("pause", _app.Id);
        using var answer = await visitor.GetAsync("/", Cancellation);
        _server.KillServer();
        await _server.StartAsync();
        using var after = await visitor.GetAsync("/", Cancellation);
        var refused = await _server.NuaAsync("exec", _app.Id, "--", "true");
        await _server.NuaOkAsync("unpause", _app.Id);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (answer.StatusCode, after.StatusCode));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.True(refused.ExitCode == 4, refused.ToString());
        Assert.Contains("before the pause", await visitor.GetStringAsync("/", Cancellation));
    }

    [Fact]
    public async Task A_clone_has_what_visitors_had_written_and_a_kill_in_the_middle_leaves_its_source_serving()
    {
        using var visitor = _server.Visit(Host);
        var entry = await SignAsync(visitor, "before the clone");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = WriteAsync(visitor, enough.Token);

        var cloned = await _server.NuaOkAsync("clone", _app.Id, "--as", Copy, "--domain", CopyHost, "--yes");
        using (var other = _server.Visit(CopyHost))
        {
            Assert.Contains("before the clone", await other.GetStringAsync(entry, Cancellation));
        }

        await enough.CancelAsync();
        var written = await writing;
        Assert.Contains("was held still for", cloned.Output);
        Assert.True(written > 0, "nobody could write");
        Assert.Equal(4, (await _server.ObjectsAsync("container")).Count);
        await _server.NuaOkAsync("destroy", Copy, "--with-data", "--accept-data-loss", "--yes");

        await _server.NuaOkAsync("clone", _app.Id, "--as", "second", "--yes", "--no-wait");
        _server.KillServer();
        await _server.StartAsync();
        await _server.NuaOkAsync("start", _app.Id);

        Assert.Contains("before the clone", await visitor.GetStringAsync(entry, Cancellation));
        var names = JsonDocument.Parse((await _server.NuaOkAsync("apps", "--json")).Output).RootElement.GetProperty("instances").GetArrayLength();
        Assert.Equal(names * 2, (await _server.ObjectsAsync("container")).Count);
        Assert.Equal(names * 2, (await _server.ObjectsAsync("volume")).Count);
    }

    /// <summary>Writes until it is told that it is enough; answers how many entries were taken. While it is held still, nobody can.</summary>
    private static async Task<int> WriteAsync(HttpClient visitor, CancellationToken enough)
    {
        var written = 0;
        while (!enough.IsCancellationRequested)
        {
            using var form = Form($"entry {written}");
            using var answer = await visitor.PostAsync("/api/entries", form, Cancellation);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable });
            written += answer.StatusCode is HttpStatusCode.Created ? 1 : 0;
        }

        return written;
    }

    /// <summary>Answers where the entry is.</summary>
    private static async Task<string> SignAsync(HttpClient visitor, string message)
    {
        using var form = Form(message);
        using var answer = await visitor.PostAsync("/api/entries", form, Cancellation);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return $"/api/entries/{(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id")}";
    }

    private static FormUrlEncodedContent Form(string message) =>
        new(new Dictionary<string, string> { ["name"] = "A visitor", ["message"] = message });
}
