using System.Net;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Access;
using Nua.Testing;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Server.Doors;

/// <summary>What a token allowed ends with the token.</summary>
public sealed class StayTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(6);
    private readonly LeapClock _clock = new();

    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Theory]
    [InlineData(true, "access.revoked")]
    [InlineData(false, "access.expired")]
    public async Task A_session_ends_with_its_token_and_says_why(bool revoked, string code)
    {
        await using var world = await DoorWorld.StartAsync(_clock);
        var token = await world.TokenAsync(Scope.Operate, TimeSpan.FromHours(1), "notes");
        using var client = world.ClientOf(token);
        var session = await client.ExecAsync("notes", new CommandBody(["cat"]), Cancellation);
        using var link = await client.TalkAsync(session, Cancellation);
        await EchoAsync(link);
        _clock.Leap(Moment);
        await EchoAsync(link);

        var leap = revoked ? await RevokeAsync(world, token) : TimeSpan.FromHours(2);
        _clock.Leap(leap);
        var last = await link.ReceiveAsync(Cancellation);

        Assert.Equal(FrameKind.End, last!.Value.Kind);
        Assert.Contains(code, System.Text.Encoding.UTF8.GetString(last.Value.Body.Span));
        Assert.True(Assert.Single(world.Server.World.Runtime.Sessions).WasEnded);
        await Eventually.TrueAsync(
            async () => (await world.Server.Plane.Audit.ListAsync(new AuditQuery(100), Cancellation))
                .Any(record => record.Entry.What == "GET /v1/sessions/{id}" && record.Entry.Outcome.EndsWith(code, StringComparison.Ordinal)),
            Cancellation);
    }

    [Fact]
    public async Task A_one_off_command_ends_with_its_token_and_leaves_nothing()
    {
        await using var world = await DoorWorld.StartAsync(_clock);
        var token = await world.TokenAsync(Scope.Operate, "notes");
        using var client = world.ClientOf(token);
        using var link = await client.TalkAsync(await client.RunAsync("notes", new CommandBody(["cat"]), Cancellation), Cancellation);
        await EchoAsync(link);

        _clock.Leap(await RevokeAsync(world, token));
        var last = await link.ReceiveAsync(Cancellation);

        Assert.Contains("access.revoked", System.Text.Encoding.UTF8.GetString(last!.Value.Body.Span));
        Assert.Equal(2, world.Server.World.Runtime.Running.Count);
    }

    [Fact]
    public async Task A_log_that_is_followed_ends_with_the_token_and_says_why()
    {
        await using var world = await DoorWorld.StartAsync(_clock);
        var token = await world.TokenAsync(Scope.Read, "notes");
        using var client = world.ClientOf(token);
        world.Server.World.Runtime.Write("nua_notes_app_1", "first");
        await using var lines = client.LogsAsync("notes", new LogQuery(null, null, true, null), Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await lines.MoveNextAsync());

        _clock.Leap(await RevokeAsync(world, token));
        var ended = await Assert.ThrowsAsync<ApiException>(async () => await lines.MoveNextAsync());

        Assert.Equal("access.revoked", ended.Problem.Code);
    }

    [Fact]
    public async Task Who_waits_for_a_lock_waits_no_longer_than_the_token_is_good()
    {
        await using var world = await DoorWorld.StartAsync(_clock);
        var token = await world.TokenAsync(Scope.Operate, "notes");
        using var stranger = world.Stranger(token);
        await HoldLockAsync(world);

        var asked = stranger.CodeAsync("POST", "/v1/instances/notes/restart", null, ("Prefer", "wait=36000"));
        await Eventually.TrueAsync(() => AskedAsync(world), Cancellation);
        var leap = await RevokeAsync(world, token);
        await Eventually.TrueAsync(
            () =>
            {
                _clock.Leap(leap);
                return Task.FromResult(asked.IsCompleted);
            },
            Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, "access.revoked"), await asked);
        Assert.DoesNotContain((await world.Server.Client.OperationsAsync(new OperationQuery("notes"), Cancellation)).Operations, one => one.Kind == "restart");
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_for_a_while_ends_nothing()
    {
        var tokens = new UnreadableTokens();
        await using var world = await DoorWorld.StartAsync(_clock, tokens);
        using var client = world.ClientOf(await world.TokenAsync(Scope.Operate, "notes"));
        using var link = await client.TalkAsync(await client.ExecAsync("notes", new CommandBody(["cat"]), Cancellation), Cancellation);
        await EchoAsync(link);

        tokens.Unreadable = true;
        await Eventually.TrueAsync(
            () =>
            {
                _clock.Leap(Moment);
                return Task.FromResult(tokens.Refused > 1);
            },
            Cancellation);

        await EchoAsync(link);
    }

    private static async Task EchoAsync(FrameSocket link)
    {
        await link.SendAsync(FrameKind.Input, "x"u8.ToArray(), Cancellation);
        Assert.Equal(FrameKind.Output, (await link.ReceiveAsync(Cancellation))!.Value.Kind);
    }

    /// <summary>Answers after what time it shows.</summary>
    private static async Task<TimeSpan> RevokeAsync(DoorWorld world, string token)
    {
        await world.Server.Client.RevokeTokenAsync(TokenText.Parse(token)!.Id, Cancellation);
        return Moment;
    }

    private static async Task<bool> AskedAsync(DoorWorld world) =>
        (await world.Server.Plane.Audit.ListAsync(new AuditQuery(10), Cancellation))
            .Any(record => record.Entry is { What: "POST /v1/instances/{name}/restart", Outcome: AuditEntry.Asked });

    /// <summary>An operation that never ends has the lock of <c>notes</c>.</summary>
    private static Task HoldLockAsync(DoorWorld world) => world.Server.World.Log.BeginAsync(
        new Nua.Engine.Operations.OperationRecord(
            $"{Guid.CreateVersion7(DateTimeOffset.UtcNow.AddMinutes(1)):N}", "stop", "notes", "{}", "somebody",
            Nua.Engine.Operations.OperationState.Running, DateTimeOffset.UtcNow),
        Cancellation);

    private sealed class UnreadableTokens : IAccessStore
    {
        private readonly InMemoryAccessStore _store = new();

        public bool Unreadable { get; set; }

        public int Refused { get; private set; }

        public Task AddAsync(KnownToken token, CancellationToken cancellation) => _store.AddAsync(token, cancellation);

        public Task<KnownToken?> FindAsync(string id, CancellationToken cancellation)
        {
            if (Unreadable)
            {
                Refused++;
                throw new NuaException(new Problem(ProblemKind.Unavailable, "state.unreadable", "It cannot be read.", "Wait."));
            }

            return _store.FindAsync(id, cancellation);
        }

        public Task<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellation) => _store.ListAsync(cancellation);

        public Task<bool> RemoveAsync(string id, CancellationToken cancellation) => _store.RemoveAsync(id, cancellation);
    }
}
