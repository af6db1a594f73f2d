using Nua.Core.Problems;
using Nua.Engine.Commands;
using Nua.Engine.Runtimes;
using Nua.Testing.Fakes;
using Nua.Tests.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Engine.Commands;

public sealed class DialogueTests
{
    private static readonly CommandOrder Cat = new(["cat"]);
    private readonly DeployWorld _world = new();
    private readonly FakeConversation _peer = new();
    private readonly ShortTime _clock = new();

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    private InMemorySession Session => Assert.Single(_world.Runtime.Sessions);

    [Fact]
    public async Task What_is_typed_reaches_the_command_and_what_it_says_comes_back()
    {
        _peer.Type("hello ");
        _peer.Type("there");
        _peer.EndInput();

        Assert.Equal(0, await TalkAsync(Cat, Cancellation));
        Assert.Equal("hello there", _peer.Output.ToString());
    }

    [Fact]
    public async Task A_command_that_fails_says_how()
    {
        Assert.Equal(1, await TalkAsync(new CommandOrder(["ls", "/nowhere"]), Cancellation));
        Assert.Empty(_peer.Output.ToString());
        Assert.NotEmpty(_peer.Error.ToString());
    }

    [Fact]
    public async Task A_command_is_ended_when_whoever_asked_for_it_leaves()
    {
        _peer.Leave();

        Assert.Null(await TalkAsync(Cat, Cancellation));
        Assert.True(Session.WasEnded);
    }

    [Fact]
    public async Task A_terminal_that_is_quiet_for_too_long_is_ended()
    {
        _clock.Shorten = Dialogue.Quiet;

        var ended = await Assert.ThrowsAsync<NuaException>(() => TalkAsync(Cat with { Terminal = new TerminalSize(80, 24) }, Cancellation));

        Assert.Equal("command.quiet", ended.Problem.Code);
        Assert.True(Session.WasEnded);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended()
    {
        _clock.Shorten = Dialogue.Longest;

        var ended = await Assert.ThrowsAsync<NuaException>(() => TalkAsync(Cat, Cancellation));

        Assert.Equal("command.too-long", ended.Problem.Code);
        Assert.True(Session.WasEnded);
    }

    [Fact]
    public async Task A_server_that_ends_ends_the_command()
    {
        using var ending = new CancellationTokenSource();
        _peer.Type("still here");
        var talking = TalkAsync(Cat, ending.Token);
        await _peer.Told;

        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => talking);
        Assert.True(Session.WasEnded);
    }

    private async Task<int?> TalkAsync(CommandOrder order, CancellationToken ending)
    {
        await _world.DeployAsync();
        var open = new OpenCommand(_world.Seams);
        var workload = await open.WhereAsync(DeployWorld.Notes, order, Cancellation);
        await using var session = await open.OpenAsync(workload, order, Cancellation);
        return await new Dialogue(_clock).RunAsync(session, _peer, order.Terminal is not null, ending);
    }

    /// <summary>A clock on which one span of time is over at once, and all others never.</summary>
    private sealed class ShortTime : TimeProvider
    {
        public TimeSpan? Shorten { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Shorten ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
