using System.Net;
using System.Text;
using Nua.Api;
using Nua.Cli.Sessions;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Server;

/// <summary>Commands over the real socket, as <c>nua exec</c> and <c>nua run</c> ask for them.</summary>
public sealed class SessionTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task Every_byte_goes_there_and_back()
    {
        await using var server = await DeployedAsync();
        var bytes = new byte[300_000];
        Random.Shared.NextBytes(bytes);

        var session = await server.Client.ExecAsync("notes", new CommandBody(["cat"]), Cancellation);
        var (code, output, error) = await TalkAsync(server, session, bytes);

        Assert.Equal(0, code);
        Assert.Equal(bytes, output);
        Assert.Empty(error);
    }

    [Fact]
    public async Task A_command_runs_by_the_agent_with_its_variables_and_ends_as_it_ends()
    {
        await using var server = await DeployedAsync();
        var body = new CommandBody(["ls", "/nowhere"], User: "root", Variables: new Dictionary<string, string> { ["COLOUR"] = "blue" });

        var session = await server.Client.ExecAsync("notes", body, Cancellation);
        var (code, output, error) = await TalkAsync(server, session, []);

        var asked = Assert.Single(server.World.Runtime.Sessions);
        Assert.NotEqual(0, code);
        Assert.Empty(output);
        Assert.NotEmpty(error);
        Assert.Equal(["start", "--user", "root", "--", "ls", "/nowhere"], asked.Command.Arguments.Skip(1));
        Assert.Equal("blue", asked.Command.Secrets["COLOUR"].Reveal());
        Assert.Equal("nua_notes_app_1", asked.Workload.Value);
    }

    [Fact]
    public async Task A_one_off_command_is_an_operation_and_leaves_nothing()
    {
        await using var server = await DeployedAsync();

        var session = await server.Client.RunAsync("notes", new CommandBody(["echo", "once"]), Cancellation);
        var (code, output, _) = await TalkAsync(server, session, []);

        var newest = (await server.Client.OperationsAsync(new OperationQuery(Limit: 1), Cancellation)).Operations[0];
        Assert.Equal((0, "once\n"), (code, Encoding.UTF8.GetString(output)));
        Assert.Equal(("run", "succeeded"), (newest.Kind, newest.State));
        Assert.Equal(2, server.World.Runtime.Running.Count);
    }

    [Fact]
    public async Task What_cannot_run_is_refused_before_a_session_is_opened()
    {
        await using var server = await DeployedAsync();
        await server.EndOfAsync(await server.Client.ChangeAsync("notes", "pause", Cancellation));

        Assert.Equal("command.not-running", await RefusalAsync("notes", new CommandBody(["true"])));
        Assert.Equal("command.no-workload", await RefusalAsync("notes", new CommandBody(["true"], Workload: "cache")));
        Assert.Equal("deploy.no-instance", await RefusalAsync("nobody", new CommandBody(["true"])));
        Assert.Equal("server.bad-request", await RefusalAsync("notes", new CommandBody([])));

        async Task<string> RefusalAsync(string instance, CommandBody body) =>
            (await Assert.ThrowsAsync<ApiException>(() => server.Client.ExecAsync(instance, body, Cancellation))).Problem.Code;
    }

    [Fact]
    public async Task A_session_is_talked_with_once_and_over_a_websocket()
    {
        await using var server = await DeployedAsync();
        var session = await server.Client.ExecAsync("notes", new CommandBody(["true"]), Cancellation);

        using var plain = await server.Http.GetAsync($"v1/sessions/{session.Id}", Cancellation);
        await TalkAsync(server, session, []);

        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
        await Assert.ThrowsAsync<ApiException>(() => server.Client.TalkAsync(session, Cancellation));
    }

    [Fact]
    public async Task Whoever_leaves_ends_the_command()
    {
        await using var server = await DeployedAsync();
        var session = await server.Client.ExecAsync("notes", new CommandBody(["cat"]), Cancellation);
        using (var link = await server.Client.TalkAsync(session, Cancellation))
        {
            await link.SendAsync(FrameKind.Input, "x"u8.ToArray(), Cancellation);
            await link.ReceiveAsync(Cancellation);
        }

        await Eventually.TrueAsync(() => Task.FromResult(Assert.Single(server.World.Runtime.Sessions).WasEnded), Cancellation);
    }

    private static async Task<ServerWorld> DeployedAsync()
    {
        var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        return server;
    }

    private static async Task<(int Code, byte[] Output, byte[] Error)> TalkAsync(ServerWorld server, SessionView session, byte[] input)
    {
        using var streams = new Streams(input);
        var code = await Talk.RunAsync(server.Client, session, streams.All, terminal: false, Cancellation);
        return (code, streams.Output.ToArray(), streams.Error.ToArray());
    }

    private sealed class Streams(byte[] input) : IDisposable
    {
        private readonly MemoryStream _input = new(input);

        public MemoryStream Output { get; } = new();

        public MemoryStream Error { get; } = new();

        public StandardStreams All => new(_input, Output, Error);

        public void Dispose()
        {
            _input.Dispose();
            Output.Dispose();
            Error.Dispose();
        }
    }
}
