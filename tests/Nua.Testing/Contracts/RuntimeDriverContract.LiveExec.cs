using Nua.Core;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Testing.Contracts;

/// <summary>What drivers promise that let somebody talk with a command.</summary>
public abstract partial class RuntimeDriverContract
{
    private ILiveExec Live
    {
        get
        {
            Assert.SkipUnless(Runtime is ILiveExec, "The driver lets nobody talk with a command.");
            return (ILiveExec)Runtime;
        }
    }

    [Fact]
    public async Task A_command_that_is_talked_with_gets_every_byte_and_gives_every_byte()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        var bytes = new byte[200_000];
        Random.Shared.NextBytes(bytes);
        await using var session = await Live.OpenExecAsync(Sleeper.Id, new ExecCommand("cat"), terminal: null, Cancellation);

        var reading = ReadToEndAsync(session);
        await session.WriteAsync(bytes, Cancellation);
        await session.EndInputAsync(Cancellation);
        var (output, error) = await reading;

        Assert.Equal(bytes, output);
        Assert.Empty(error);
        Assert.Equal(0, await session.ExitCodeAsync(Cancellation));
    }

    [Fact]
    public async Task A_command_that_is_talked_with_has_two_streams_an_exit_code_and_variables()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        var command = new ExecCommand("env") { Secrets = new Dictionary<string, Secret> { ["TOLD"] = new("hush") } };
        await using var missing = await Live.OpenExecAsync(Sleeper.Id, new ExecCommand("ls", "/nowhere"), terminal: null, Cancellation);
        await using var env = await Live.OpenExecAsync(Sleeper.Id, command, terminal: null, Cancellation);

        var (output, error) = await ReadToEndAsync(missing);
        var (variables, _) = await ReadToEndAsync(env);

        Assert.Empty(output);
        Assert.NotEmpty(error);
        Assert.NotEqual(0, await missing.ExitCodeAsync(Cancellation));
        Assert.Contains("TOLD=hush\n", System.Text.Encoding.UTF8.GetString(variables));
    }

    [Fact]
    public async Task A_command_in_a_terminal_has_one_stream()
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        await using var session = await Live.OpenExecAsync(
            Sleeper.Id, new ExecCommand("ls", "/nowhere"), new TerminalSize(80, 24), Cancellation);
        await session.ResizeAsync(new TerminalSize(100, 40), Cancellation);

        var (output, error) = await ReadToEndAsync(session);

        Assert.NotEmpty(output);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_that_nobody_talks_with_any_more_is_ended(bool hasTerminal)
    {
        await Runtime.StartAsync(Sleeper, Cancellation);
        await using var session = await Live.OpenExecAsync(
            Sleeper.Id, new ExecCommand("cat"), hasTerminal ? new TerminalSize(80, 24) : null, Cancellation);

        await session.EndAsync(TimeSpan.FromSeconds(1), Cancellation);
        await session.EndAsync(TimeSpan.FromSeconds(1), Cancellation);

        Assert.NotEqual(0, await session.ExitCodeAsync(Cancellation));
    }

    [Fact]
    public async Task Nobody_talks_with_a_command_in_a_workload_that_is_not_there_or_does_not_run()
    {
        var talker = Live;
        var missing = await Assert.ThrowsAsync<NuaException>(
            () => talker.OpenExecAsync(Sleeper.Id, new ExecCommand("cat"), terminal: null, Cancellation));
        await Runtime.StartAsync(Sleeper, Cancellation);
        await Runtime.StopAsync(Sleeper.Id, TimeSpan.Zero, Cancellation);
        var stopped = await Assert.ThrowsAsync<NuaException>(
            () => talker.OpenExecAsync(Sleeper.Id, new ExecCommand("cat"), terminal: null, Cancellation));

        Assert.Equal(("runtime.workload-missing", "runtime.workload-stopped"), (missing.Problem.Code, stopped.Problem.Code));
    }

    private static async Task<(byte[] Output, byte[] Error)> ReadToEndAsync(IExecSession session)
    {
        var (output, error) = (new MemoryStream(), new MemoryStream());
        var buffer = new byte[10_000];
        while (await session.ReadAsync(buffer, Cancellation) is { Count: > 0 } read)
        {
            (read.IsError ? error : output).Write(buffer, 0, read.Count);
        }

        return (output.ToArray(), error.ToArray());
    }
}
