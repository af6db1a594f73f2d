using System.Net;
using Nua.Testing;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Two guestbooks in one PostgreSQL: each has its own entries, neither reads the other's, and one goes without the other.</summary>
public sealed class SharedServerTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private readonly AppCopy _app = new("guestbook");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        await _server.NuaOkAsync("build", _app.Folder);
        foreach (var name in new[] { "one", "two" })
        {
            await _server.NuaOkAsync("deploy", $"nua-{_app.Id}:1.0-1", "--as", name, "--share", "database");
            await SignAsync(name, $"I was here, at {name}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Each_has_its_own_and_one_is_destroyed_without_harm_to_the_other()
    {
        var shared = await SharedAsync();
        Assert.Equal(3, (await _server.ObjectsAsync("container")).Count);
        Assert.DoesNotContain("at two", await FrontPageAsync("one"));
        Assert.DoesNotContain("at one", await FrontPageAsync("two"));
        Assert.Contains("one, two", (await _server.NuaOkAsync("apps")).Output);
        Assert.Contains(shared, (await _server.NuaOkAsync("status", "one")).Output);
        await AssertApartAsync();

        var refused = await _server.NuaAsync("destroy", shared, "--with-data", "--accept-data-loss", "--yes");
        var stopped = await _server.NuaAsync("stop", shared);
        Assert.All([refused, stopped], outcome => Assert.True(outcome.ExitCode == 4 && outcome.Error.Contains("'one', 'two'"), outcome.ToString()));

        await _server.NuaOkAsync("secret", "rotate", "one", "--yes");
        await _server.NuaOkAsync("destroy", "one", "--with-data", "--accept-data-loss", "--yes");

        Assert.Contains("at two", await FrontPageAsync("two"));
        await _server.NuaOkAsync("deploy", $"nua-{_app.Id}:1.0-1", "--as", "one", "--share", "database");
        Assert.DoesNotContain("I was here", await FrontPageAsync("one"));
    }

    [Fact]
    public async Task A_server_that_is_killed_or_removed_comes_back_to_all_who_live_in_it()
    {
        var shared = (await _server.ObjectsAsync("container")).Single(name => name.Contains("_shared-postgres-"));
        await Command.DockerAsync(Cancellation, "rm", "--force", shared);

        await _server.NuaOkAsync("restart", await SharedAsync());
        await AssertServesAsync();
        await Command.DockerAsync(Cancellation, "rm", "--force", shared);

        // This time nobody says so: the reconciler finds it.
        await AssertServesAsync();
    }

    private async Task AssertServesAsync()
    {
        foreach (var name in new[] { "one", "two" })
        {
            await Eventually.TrueAsync(
                async () => (await FrontPageAsync(name)).Contains($"at {name}", StringComparison.Ordinal), Cancellation, TimeSpan.FromMinutes(3));
        }
    }

    /// <summary>Neither the database nor the network of the other is to be reached from an app.</summary>
    private async Task AssertApartAsync()
    {
        const string Ask =
            """
            import os, psycopg2, sys
            psycopg2.connect(host=os.environ["DB_HOST"], user=os.environ["DB_USER"], password=os.environ["DB_PASSWORD"],
                             dbname=sys.argv[1] or os.environ["DB_NAME"], connect_timeout=5).cursor().execute("select 1")
            """;
        var theirs = (await _server.NuaOkAsync("exec", "two", "--", "sh", "-c", "printf %s \"$DB_NAME\"")).Output;

        var own = await _server.NuaAsync("exec", "one", "--", "python3", "-c", Ask, "");
        var trespass = await _server.NuaAsync("exec", "one", "--", "python3", "-c", Ask, theirs);
        var outward = await _server.NuaAsync("exec", "one", "-w", "database", "--", "psql");

        Assert.True(own.ExitCode == 0, own.ToString());
        Assert.Contains("permission denied for database", trespass.Error);
        Assert.NotEqual(0, outward.ExitCode);
        var networks = (await _server.ObjectsAsync("network")).Where(name => !name.Contains("shared")).ToList();
        var inside = await Task.WhenAll(networks.Select(async network =>
            (await Command.DockerAsync(Cancellation, "network", "inspect", network, "--format", "{{range .Containers}}{{.Name}} {{end}}")).Output));
        Assert.All(inside, names => Assert.Single(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => name.Contains("_app_") && !name.Contains("shared")));
    }

    private async Task<string> SharedAsync() =>
        (await _server.ObjectsAsync("container")).Single(name => name.Contains("_shared-postgres-")).Split('_')[1];

    private async Task SignAsync(string name, string message)
    {
        using var visitor = _server.Visit($"{name}.localhost");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Ada", ["message"] = message });
        using var answer = await visitor.PostAsync("/api/entries", form, Cancellation);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private async Task<string> FrontPageAsync(string name)
    {
        using var visitor = _server.Visit($"{name}.localhost");
        using var answer = await visitor.GetAsync("/", Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
