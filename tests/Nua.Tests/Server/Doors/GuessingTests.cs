using System.Net;
using System.Net.Sockets;
using Nua.Engine.Access;
using Xunit;

namespace Nua.Tests.Server.Doors;

public sealed class GuessingTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task A_thousand_wrong_tokens_shut_their_address_out_and_write_two_lines()
    {
        await using var world = await DoorWorld.StartAsync();
        var token = await world.TokenAsync(Scope.Read);
        var answers = new Dictionary<HttpStatusCode, int>();
        using var guesser = world.Stranger();

        for (var guess = 0; guess < 1000; guess++)
        {
            var answer = await guesser.CodeAsync(
                "GET", "/v1/instances", body: null, ("Authorization", $"Bearer {TokenText.Make().Text.Reveal()}"));
            answers[answer.Status] = answers.GetValueOrDefault(answer.Status) + 1;
        }

        Assert.Equal((LockOut.Borne, 1000 - LockOut.Borne), (answers[HttpStatusCode.Unauthorized], answers[HttpStatusCode.TooManyRequests]));
        using var hit = await guesser.AskAsync("GET", "/v1/instances", body: null, ("Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, hit.StatusCode);
        Assert.InRange(hit.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var elsewhere = world.Stranger(token);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.CodeAsync("GET", "/v1/instances")).Status);

        var trail = (await world.Server.Client.AuditAsync(null, null, 1000, Cancellation)).Records.Where(one => one.Who == "nobody").ToList();
        Assert.InRange(trail.Count, 2, 4);
        Assert.Contains(trail, one => one.Outcome == "401 access.bad-token");
    }

    [Fact]
    public async Task An_expired_token_and_none_at_all_are_no_guesses()
    {
        await using var world = await DoorWorld.StartAsync();
        using var late = world.Stranger(await world.ExpiredTokenAsync());

        for (var time = 0; time < 2 * LockOut.Borne; time++)
        {
            Assert.Equal("access.expired", (await late.CodeAsync("GET", "/v1/instances")).Code);
        }
    }

    [Fact]
    public async Task A_token_that_asks_without_end_is_slowed_down_and_others_are_not()
    {
        await using var world = await DoorWorld.StartAsync();
        using var eager = world.Stranger(await world.TokenAsync(Scope.Read));
        using var other = world.Stranger(await world.TokenAsync(Scope.Read));

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => eager.CodeAsync("GET", "/v1/health")));

        Assert.Contains((HttpStatusCode.TooManyRequests, "access.too-many-requests"), answers);
        Assert.Equal(HttpStatusCode.OK, (await other.CodeAsync("GET", "/v1/health")).Status);
    }

    [Fact]
    public async Task Who_opens_connections_without_end_keeps_nobody_else_out()
    {
        await using var world = await DoorWorld.StartAsync();
        var hoarder = new IPAddress([127, 0, 2, 1]);
        var open = new List<Socket>();
        for (var connection = 0; connection < 100; connection++)
        {
            open.Add(await Stranger.ConnectAsync(world.Server.Door, hoarder, Cancellation));
        }

        using var other = world.Stranger(await world.TokenAsync(Scope.Read));

        Assert.True(await IsTurnedAwayAsync(world.Server.Door, hoarder));
        Assert.Equal(HttpStatusCode.OK, (await other.CodeAsync("GET", "/v1/health")).Status);
        open.ForEach(connection => connection.Dispose());
    }

    /// <summary>The end may come at once, or with the first look.</summary>
    private static async Task<bool> IsTurnedAwayAsync(Uri door, IPAddress address)
    {
        try
        {
            using var connection = await Stranger.ConnectAsync(door, address, Cancellation);
            return await connection.ReceiveAsync(new byte[1], SocketFlags.None, Cancellation) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
