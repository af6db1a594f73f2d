using System.Net;
using Nua.Api;
using Nua.Testing;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>A small server's worth of instances, and the day its machine is switched off and on.</summary>
[Trait("Category", "crash")]
[Collection(EngineAlone.Name)]
public sealed class ManyInstancesTests
{
    private const int Instances = 50;
    private const int InstancesInBrief = 8;

    /// <summary>How long all of them may take to come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_them_serve_and_come_back_after_a_reboot_of_everything()
    {
        await using var server = new TestServer();
        await server.StartAsync();
        await using var app = new AppCopy("static-site");
        await server.NuaOkAsync("build", app.Folder);
        var names = Enumerable.Range(1, CountOf()).Select(number => $"site-{number}").ToList();
        foreach (var name in names)
        {
            await server.NuaOkAsync("deploy", $"nua-{app.Id}:1.0", "--as", name);
        }

        Assert.Empty(await SilentAsync(server, names));
        var before = await server.ObjectsAsync("container");

        await RebootAsync(server);
        await server.StartAsync();

        await Eventually.TrueAsync(async () => (await SilentAsync(server, names)).Count == 0, Cancellation, Patience);
        Assert.Equal(before, await server.ObjectsAsync("container"));
        using var client = NuaClient.Over(server.Home.ServerSocket);
        Assert.Equal((names.Count, names.Count), CountsOf(await client.StatusAsync(Cancellation)));
    }

    private static int CountOf() => Environment.GetEnvironmentVariable("NUA_TEST_BRIEF") is { Length: > 0 } ? InstancesInBrief : Instances;

    private static (int Instances, int Running) CountsOf(StatusView status) => (status.Counts.Instances, status.Counts.Started);

    /// <summary>Everything ends without a word: the server, the gateway, the containers, and the engine where it is ours to kill.</summary>
    private static async Task RebootAsync(TestServer server)
    {
        var engine = new OwnEngine();
        var whyNot = await engine.WhyNotAsync(server.Name);
        server.KillServer();
        server.KillGateway();
        await Command.DockerAsync(Cancellation, ["kill", .. await server.ObjectsAsync("container")]);
        if (whyNot is null)
        {
            engine.Kill();
            await engine.StartAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(whyNot ?? "The engine was killed, too.");
    }

    /// <summary>Those that do not answer.</summary>
    private static async Task<IReadOnlyList<string>> SilentAsync(TestServer server, IReadOnlyList<string> names)
    {
        var silent = new List<string>();
        foreach (var name in names)
        {
            if (!await AnswersAsync(server, name))
            {
                silent.Add(name);
            }
        }

        return silent;
    }

    private static async Task<bool> AnswersAsync(TestServer server, string name)
    {
        using var visitor = server.Visit($"{name}.localhost");
        try
        {
            using var page = await visitor.GetAsync("/", Cancellation);
            return page.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
