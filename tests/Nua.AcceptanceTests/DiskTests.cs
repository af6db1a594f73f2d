using Nua.Api;
using Nua.Testing;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>The disk of the server's state fills: it is told, nothing is lost, and it goes on when there is room again.</summary>
public sealed class DiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_told_and_nothing_is_lost()
    {
        await using var server = new TestServer();
        await using var disk = await SmallDisk.UnderAsync(server.Home.State, megabytes: 8);
        await server.StartAsync();
        await disk.FillAsync();

        var failed = await server.NuaAsync("deploy", Repository.App("static-site"));
        Assert.True(failed.ExitCode == 8, failed.ToString());
        Assert.Contains("disk", failed.Error);
        Assert.Contains("hint:", failed.Error);

        disk.Empty();
        await server.NuaOkAsync("apps");
        await EndAsync(server);
    }

    [Fact]
    [Trait("Category", "crash")]
    public async Task A_disk_that_fills_at_any_step_is_told_and_the_deploy_converges_when_there_is_room_again()
    {
        await using var app = new AppCopy("static-site");
        await BuildElsewhereAsync(app);
        await using var server = new TestServer();
        await using var disk = await SmallDisk.UnderAsync(server.Home.State, megabytes: 8);
        await server.StartAsync();
        await server.NuaOkAsync("deploy", $"{app.Id}:1.0", "--as", app.Id);
        using var client = NuaClient.Over(server.Home.ServerSocket);
        var steps = (await client.OperationAsync((await NewestDeployAsync(client)).Id, Cancellation)).Steps.Count;
        foreach (var step in Killing.StepsOf(steps + 4))
        {
            var image = (await OnlyInstanceAsync(client)).Image.EndsWith("1.0", StringComparison.Ordinal) ? "1.1" : "1.0";
            await Killing.AtStepAsync(
                client, () => client.DeployAsync(new DeployBody($"{app.Id}:{image}", app.Id), Cancellation), step, disk.FillAsync);
            var told = await server.NuaAsync("operations", "show", app.Id, "--follow");

            disk.Empty();

            // It ended well before the disk was full, or says what happened; never that Nua made a mistake.
            Assert.True(told.ExitCode is 0 or 6 or 8 or 9, $"full at step {step}: {told}");
            Assert.True(told.ExitCode == 0 || told.Error.Contains("hint:"), $"full at step {step}: {told}");
            await AssertConvergedAsync(server, client, $"full at step {step}: {told}");
        }

        await EndAsync(server);
    }

    /// <summary>Builds need more room than the disk has.</summary>
    private static async Task BuildElsewhereAsync(AppCopy app)
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await server.NuaOkAsync("build", app.Folder);
        app.Change("nua-config.toml", "version = \"1.0\"", "version = \"1.1\"");
        await server.NuaOkAsync("build", app.Folder);
    }

    private static async Task AssertConvergedAsync(TestServer server, NuaClient client, string when)
    {
        await Eventually.TrueAsync(
            async () => (await client.StatusAsync(Cancellation)).UnderWay is [] && (await OnlyInstanceAsync(client)).State == "running",
            Cancellation,
            TimeSpan.FromMinutes(3));
        var instance = await OnlyInstanceAsync(client);
        using var visitor = server.Visit(instance.Domain);
        Assert.Contains("Borrow the drill", await visitor.GetStringAsync("/", Cancellation));
        var detail = await client.InstanceAsync(instance.Name, Cancellation);
        var containers = await server.ObjectsAsync("container");
        Assert.True(detail.Workloads.Select(workload => workload.Name).SequenceEqual(containers), $"{when}: {string.Join(", ", containers)}");
    }

    private static async Task<InstanceView> OnlyInstanceAsync(NuaClient client) =>
        Assert.Single((await client.InstancesAsync(Cancellation)).Instances);

    private static async Task<OperationView> NewestDeployAsync(NuaClient client) =>
        (await client.OperationsAsync(new OperationQuery(Kind: "deploy", Limit: 1), Cancellation)).Operations[0];

    /// <summary>Whoever has files open there keeps the disk from being taken away.</summary>
    private static async Task EndAsync(TestServer server)
    {
        await server.NuaAsync("server", "stop", "--gateway");
        server.KillServer();
        server.KillGateway();
    }
}
