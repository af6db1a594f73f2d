using Nua.Api;
using Nua.Testing;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>How an instance is, seen from outside.</summary>
internal enum Life
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>It serves.</summary>
    Running,

    /// <summary>It was stopped.</summary>
    Stopped,

    /// <summary>It is held still.</summary>
    Paused,
}

/// <summary>A guestbook under load, brought to the state in which something is done with it, and looked at afterwards.</summary>
internal sealed class CrashScene : IAsyncDisposable
{
    /// <summary>How long a restarted server, and the clock of its reconciler, may take to put everything right.</summary>
    private const string Healthy = "healthy";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What its copy is called, where one is made.</summary>
    public const string Copy = "copy";

    private readonly RowWriter _writer;
    private IReadOnlyList<string> _volumes = [];

    private CrashScene(TestServer server, AppCopy app)
    {
        (Server, App, Client) = (server, app, NuaClient.Over(server.Home.ServerSocket));
        _writer = new RowWriter(server, $"{app.Id}.localhost");
    }

    public TestServer Server { get; }

    public AppCopy App { get; }

    public NuaClient Client { get; }

    public string Instance => App.Id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Builds the guestbook in its versions: 1.0; 1.1, which only differs; 1.2, which has a provider more.</summary>
    public static async Task<CrashScene> OpenAsync()
    {
        var (server, app) = (new TestServer(), new AppCopy("guestbook"));
        await server.StartAsync();
        app.Change("nua-config.toml", "release = 1 ", "# release = 1 ");
        await server.NuaOkAsync("build", app.Folder);
        app.Change("nua-config.toml", "version = \"1.0\" ", "version = \"1.1\" ");
        app.Write("guestbook/round.txt", "1.1");
        await server.NuaOkAsync("build", app.Folder);
        app.Change("nua-config.toml", "version = \"1.1\" ", "version = \"1.2\" ");
        app.Append("nua-config.toml", "\n[[provider]]\nname = \"archive\"\nmodule-name = \"postgres\"\n");
        await server.NuaOkAsync("build", app.Folder);
        return new CrashScene(server, app);
    }

    /// <summary>Asks for a deploy of a version.</summary>
    public Task<OperationView> DeployAsync(string version) =>
        Client.DeployAsync(new DeployBody($"{App.Id}:{version}", Instance), Cancellation);

    /// <summary>Which version it is of.</summary>
    public async Task<string?> VersionAsync() => (await ViewAsync())?.Image.Split(':')[^1];

    /// <summary>Has it in that state, of that version when one is given.</summary>
    public async Task BringToAsync(Life life, string? version = null)
    {
        await EraseCopyAsync();
        if (life is Life.Absent)
        {
            await EraseAsync();
        }
        else
        {
            await HaveAsync(version);
            await ChangeUnlessAsync(life);
        }

        _volumes = await Server.ObjectsAsync("volume");
    }

    /// <summary>How many steps it takes when nothing disturbs it.</summary>
    public async Task<int> StepsOfAsync(Func<Task<OperationView>> ask)
    {
        var operation = await DoAsync(await ask());
        return (await Client.OperationAsync(operation.Id, Cancellation)).Steps.Count;
    }

    /// <summary>
    /// Waits until all has come to rest, and fails unless it did so in one of those states: whole, with its data, and with
    /// nothing left over.
    /// </summary>
    public async Task AssertConvergedAsync(string when, params IReadOnlyList<Life> allowed)
    {
        var life = await SettleAsync(when);
        Assert.True(allowed.Contains(life), $"{when}: it is {life}");
        var all = await DetailsAsync();
        var wanted = all.SelectMany(detail => detail.Workloads).Select(workload => workload.Name).Order(StringComparer.Ordinal);
        var containers = await Server.ObjectsAsync("container");
        Assert.True(wanted.SequenceEqual(containers), $"{when}: {string.Join(", ", containers)} instead of {string.Join(", ", wanted)}");
        Assert.Equal(all.Count, (await Server.ObjectsAsync("network")).Count);
        await AssertVolumesAsync(when, all);
        if (life is Life.Running)
        {
            await _writer.AssertNothingIsLostAsync(when);
        }
    }

    /// <summary>Counts every row, once it serves again; answers how many there are.</summary>
    public async Task<int> AssertEveryRowAsync(string when)
    {
        await BringToAsync(Life.Running);
        await _writer.AssertNothingIsLostAsync(when, whole: true);
        return _writer.Rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        Client.Dispose();
        await Server.DisposeAsync();
        await App.DisposeAsync();
    }

    /// <summary>All volumes are there that it has; and none that were not there before. Where its data was given up: none.</summary>
    private async Task AssertVolumesAsync(string when, IReadOnlyList<InstanceDetail> all)
    {
        var volumes = await Server.ObjectsAsync("volume");
        var wanted = all.SelectMany(detail => detail.Volumes).Select(volume => volume.Name).ToList();
        Assert.True(!wanted.Except(volumes).Any(), $"{when}: of {string.Join(", ", wanted)} there are {string.Join(", ", volumes)}");
        Assert.True(
            !volumes.Except(_volumes).Except(wanted).Any(), $"{when}: {string.Join(", ", volumes)} are there, of {string.Join(", ", _volumes)}");
        if (volumes.Count == 0)
        {
            _writer.Forget();
        }
        else
        {
            // Half of the data would be none.
            Assert.True(!_volumes.Except(volumes).Any(), $"{when}: {string.Join(", ", volumes)} are left of {string.Join(", ", _volumes)}");
        }
    }

    private async Task<Life> SettleAsync(string when)
    {
        Life? life = null;
        try
        {
            await Eventually.TrueAsync(async () => (life = await RestingAsync()) is not null, Cancellation, Patience);
        }
        catch (TimeoutException)
        {
            var (status, log) = (await Server.NuaAsync("status", Instance), await Server.NuaAsync("logs", Instance, "--tail", "20"));
            var operations = await Server.NuaAsync("operations", "list", "--json");
            Assert.Fail($"{when}: it did not come to rest, {await HealthAsync()}. {status}\n{log}\n{operations}");
        }

        return life!.Value;
    }

    /// <summary><see langword="null"/> while something is under way, or not as it should be.</summary>
    private async Task<Life?> RestingAsync()
    {
        if ((await Client.StatusAsync(Cancellation)).UnderWay is [_, ..] || await ViewAsync(Copy) is { State: not "running" })
        {
            return null;
        }

        return await ViewAsync() switch
        {
            null => (await Server.ObjectsAsync("container")).Count == 0 ? Life.Absent : null,
            { State: "running" } => await AnswersAsync() ? Life.Running : null,
            { State: "stopped" } => Life.Stopped,
            { State: "paused" } => Life.Paused,
            _ => null,
        };
    }

    private async Task<bool> AnswersAsync() => await HealthAsync() == Healthy;

    /// <summary>What a visitor is told of its health.</summary>
    private async Task<string> HealthAsync()
    {
        using var visitor = Server.Visit($"{Instance}.localhost");
        try
        {
            using var answer = await visitor.GetAsync("/health", Cancellation);
            return answer.IsSuccessStatusCode ? Healthy : $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancellation)}";
        }
        catch (HttpRequestException failure)
        {
            return failure.Message;
        }
    }

    private async Task HaveAsync(string? version)
    {
        if (await VersionAsync() is not { } current || current != (version ?? current))
        {
            await DoAsync(await DeployAsync(version ?? "1.0"));
        }
    }

    private async Task ChangeUnlessAsync(Life life)
    {
        var verb = ((await ViewAsync())!.State, life) switch
        {
            ("stopped", Life.Running) => "start",
            ("paused", Life.Running) => "unpause",
            (not "stopped", Life.Stopped) => "stop",
            (not "paused", Life.Paused) => "pause",
            _ => null,
        };
        if (verb is not null)
        {
            await DoAsync(await Client.ChangeAsync(Instance, verb, Cancellation));
        }

        if (life is Life.Running)
        {
            await SomethingIsWrittenAsync();
        }
    }

    private async Task SomethingIsWrittenAsync()
    {
        var before = _writer.Rows;
        await Eventually.TrueAsync(() => Task.FromResult(_writer.Rows > before), Cancellation);
    }

    private Task<InstanceView?> ViewAsync() => ViewAsync(Instance);

    private async Task<InstanceView?> ViewAsync(string instance) =>
        (await Client.InstancesAsync(Cancellation)).Instances.FirstOrDefault(one => one.Name == instance);

    /// <summary>What there is, the copy included.</summary>
    private async Task<IReadOnlyList<InstanceDetail>> DetailsAsync()
    {
        var details = new List<InstanceDetail>();
        foreach (var one in (await Client.InstancesAsync(Cancellation)).Instances)
        {
            details.Add(await Client.InstanceAsync(one.Name, Cancellation));
        }

        return details;
    }

    private async Task EraseCopyAsync()
    {
        if (await ViewAsync(Copy) is not null)
        {
            await DoAsync(await Client.DestroyAsync(Copy, withData: true, acceptDataLoss: true, Cancellation));
        }
    }

    private async Task EraseAsync()
    {
        if (await ViewAsync() is not null || (await Server.ObjectsAsync("volume")).Count > 0)
        {
            await DoAsync(await Client.DestroyAsync(Instance, withData: true, acceptDataLoss: true, Cancellation));
        }

        _writer.Forget();
    }

    private async Task<OperationView> DoAsync(OperationView asked)
    {
        var ended = (await Client.WatchAsync(asked.Id, Cancellation).OfType<OperationEventView.Ended>().SingleAsync(Cancellation)).Operation;
        Assert.True(
            ended.State == "succeeded",
            $"{ended.Kind}: {ended.State}, {ended.Problem?.Detail}\n{string.Join('\n', ended.Problem?.Details ?? [])}");
        return ended;
    }
}
