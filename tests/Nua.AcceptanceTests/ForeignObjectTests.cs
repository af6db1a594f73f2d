using Nua.Testing;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Whatever Nua does, what is not its own stays as it is: compared by all that the engine says of it.</summary>
public sealed class ForeignObjectTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private readonly AppCopy _app = new("static-site");

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        await _server.NuaOkAsync("build", _app.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task What_is_foreign_stays_as_it_is_through_a_whole_life()
    {
        await using var foreign = NewForeignObjects();
        await foreign.MakeAsync(count: 16, image: $"nua-{_app.Id}:1.0");
        var before = await foreign.InspectAsync();

        await _server.NuaOkAsync("deploy", _app.Folder);
        _app.Change("nua-config.toml", "version = \"1.0\"", "version = \"1.1\"");
        await _server.NuaOkAsync("deploy", _app.Folder);
        await _server.NuaOkAsync("stop", _app.Id);
        await _server.NuaOkAsync("start", _app.Id);
        await Command.DockerAsync(TestContext.Current.CancellationToken, "rm", "--force", Assert.Single(await _server.ObjectsAsync("container"), IsOurs));
        await _server.NuaOkAsync("server", "cleanup");
        await Eventually.TrueAsync(
            async () => (await _server.NuaOkAsync("apps")).Output.Contains("running", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(before, await foreign.InspectAsync());

        await _server.NuaOkAsync("destroy", _app.Id, "--with-data", "--accept-data-loss", "--yes");
        await _server.NuaOkAsync("image", "prune", "--yes", "--keep", "1");
        await _server.NuaOkAsync("server", "cleanup", "--build-cache");
        await _server.NuaOkAsync("server", "stop", "--workloads");

        Assert.Equal(before, await foreign.InspectAsync());
    }

    [Theory]
    [InlineData("network", "{0}_{1}")]
    [InlineData("container", "{0}_{1}_app_1")]
    public async Task What_has_just_the_name_that_is_wanted_is_named_and_stays_as_it_is(string kind, string name)
    {
        await using var foreign = NewForeignObjects();
        await foreign.MakeAsync(count: 0, image: "");
        await foreign.MakeAsync(kind, string.Format(System.Globalization.CultureInfo.InvariantCulture, name, _server.Name, _app.Id));
        var before = await foreign.InspectAsync();

        var refused = await _server.NuaAsync("deploy", _app.Folder);

        Assert.True(refused.ExitCode == 4, refused.ToString());
        Assert.Contains("runtime.name-taken", refused.Error);
        await _server.NuaOkAsync("server", "cleanup");
        Assert.Equal(before, await foreign.InspectAsync());
    }

    private bool IsOurs(string container) => container.StartsWith($"{_server.Name}_{_app.Id}_app_", StringComparison.Ordinal)
        && !container.Contains("_f", StringComparison.Ordinal);

    private ForeignObjects NewForeignObjects()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return new ForeignObjects(_server.Name, _app.Id, new Random(seed));
    }
}
