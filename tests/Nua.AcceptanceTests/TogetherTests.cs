using System.Diagnostics;
using Nua.Api;
using Nua.Testing;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Several people at one instance: who comes second is told who was first, or waits; who leaves takes nothing with him.</summary>
public sealed class TogetherTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private readonly AppCopy _app = new("static-site");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        await _server.NuaOkAsync("deploy", _app.Folder);
        _app.Change("nua-config.toml", "version = \"1.0\"", "version = \"1.1\"");
        await _server.NuaOkAsync("build", _app.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Of_two_who_deploy_at_once_the_second_is_told_who_is_first()
    {
        using var client = NuaClient.Over(_server.Home.ServerSocket);
        var first = await client.DeployAsync(new DeployBody($"{_app.Id}:1.1", _app.Id), Cancellation);

        var second = await _server.NuaAsync("deploy", $"{_app.Id}:1.0", "--as", _app.Id);

        Assert.True(second.ExitCode == 8, second.ToString());
        Assert.Contains($"'{_app.Id}' is being changed: deploy by '{Environment.UserName}' since ", second.Error);
        Assert.Contains($"nua operations show {first.Id} --follow", second.Error);
        await AssertEndsAtAsync("1.1");
    }

    [Fact]
    public async Task Of_two_who_deploy_at_once_the_second_may_wait_and_has_the_last_word()
    {
        using var client = NuaClient.Over(_server.Home.ServerSocket);
        await client.DeployAsync(new DeployBody($"{_app.Id}:1.1", _app.Id), Cancellation);

        var second = await _server.NuaOkAsync("deploy", $"{_app.Id}:1.0", "--as", _app.Id, "--wait-lock", "5m");

        Assert.Contains("is being changed: deploy by", second.Error);
        await AssertEndsAtAsync("1.0");
    }

    [Fact]
    public async Task A_client_that_is_killed_takes_nothing_with_it_and_another_attaches_from_the_beginning()
    {
        using var client = NuaClient.Over(_server.Home.ServerSocket);
        using var killed = Process.Start(new ProcessStartInfo(
            Path.Combine(Repository.Programs, "nua"), ["deploy", $"{_app.Id}:1.1", "--as", _app.Id])
        {
            Environment = { ["NUA_HOME"] = _server.Folder },
        })!;
        await Eventually.TrueAsync(
            async () => (await client.StatusAsync(Cancellation)).UnderWay.Any(one => one.Kind == "deploy" && one.StepNumber > 1), Cancellation);
        killed.Kill();

        var attached = await _server.NuaOkAsync("operations", "show", _app.Id, "--follow");

        Assert.Contains("look at what is there", attached.Error);
        Assert.Contains("record the deployment", attached.Error);
        await AssertEndsAtAsync("1.1");
    }

    private async Task AssertEndsAtAsync(string version)
    {
        await _server.NuaAsync("operations", "show", _app.Id, "--follow");
        var apps = await _server.NuaOkAsync("apps");
        Assert.Contains($"{_app.Id} {version}", apps.Output);
        using var visitor = _server.Visit($"{_app.Id}.localhost");
        Assert.Contains("Borrow the drill", await visitor.GetStringAsync("/", Cancellation));
        Assert.Single(await _server.ObjectsAsync("container"));
    }
}
