using System.Net;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Engine.Access;
using Nua.Testing;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Server.Doors;

public sealed class AuditTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task What_is_asked_stands_in_the_trail_before_it_is_done_and_after()
    {
        await using var world = await DoorWorld.StartAsync();
        var token = await world.TokenAsync(Scope.Operate, "notes");
        using var operatorElsewhere = world.Stranger(token);

        using var answer = await operatorElsewhere.AskAsync("POST", "/v1/instances/notes/restart");
        var id = answer.Headers.Location!.ToString().Split('/')[^1];
        var made = await world.Server.Client.CreateTokenAsync(new TokenBody("ci", ["deploy"], 60, ["notes"]), Cancellation);
        await world.Server.Client.RevokeTokenAsync("ci", Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var user = Environment.UserName;
        Assert.Equal(
            [
                $"{user} socket POST /v1/deployments - asked",
                $"{user} socket POST /v1/deployments notes 202 operation {world.Deploy}",
                "token token0 127.0.1.1 POST /v1/instances/{name}/restart notes asked",
                $"token token0 127.0.1.1 POST /v1/instances/{{name}}/restart notes 202 operation {id}",
                $"{user} socket POST /v1/tokens - asked",
                $"{user} socket POST /v1/tokens - 200 token ci",
                $"{user} socket DELETE /v1/tokens/{{token}} - asked",
                $"{user} socket DELETE /v1/tokens/{{token}} - 200 token ci",
            ],
            await LinesAsync(world));
        Assert.Equal("token token0", (await world.Server.Client.OperationAsync(id, Cancellation)).Operation.StartedBy);
        Assert.DoesNotContain((await world.Server.Plane.Audit.ListAsync(new AuditQuery(100), Cancellation)), one => $"{one}".Contains(made.Text[20..]));
        Assert.Null((await world.Server.Client.CheckAuditAsync(Cancellation)).BrokenAt);
    }

    [Fact]
    public async Task A_clone_stands_under_its_source_whose_data_was_read_and_under_the_copy()
    {
        await using var world = await DoorWorld.StartAsync();

        var clone = await world.Server.Client.CloneAsync("notes", new CloneBody("copy"), Cancellation);
        await world.Server.EndOfAsync(clone);

        const string What = "POST /v1/instances/{name}/clone";
        Assert.Equal([$"{What} asked", $"{What} 202 operation {clone.Id}"], (await AboutAsync(world, "notes")).TakeLast(2));
        Assert.Equal([$"{What} 202 operation {clone.Id}"], await AboutAsync(world, "copy"));
    }

    [Fact]
    public async Task A_session_stands_under_its_instance_from_its_beginning()
    {
        await using var world = await DoorWorld.StartAsync();
        var session = await world.Server.Client.ExecAsync("notes", new CommandBody(["cat"]), Cancellation);
        using (var link = await world.Server.Client.TalkAsync(session, Cancellation))
        {
            await link.SendAsync(FrameKind.Input, "x"u8.ToArray(), Cancellation);
            await link.ReceiveAsync(Cancellation);

            Assert.Equal("GET /v1/sessions/{id} asked", (await AboutAsync(world, "notes"))[^1]);
        }

        await Eventually.TrueAsync(async () => (await AboutAsync(world, "notes"))[^1] != "GET /v1/sessions/{id} asked", Cancellation);
        Assert.Equal("GET /v1/sessions/{id} 101", (await AboutAsync(world, "notes"))[^1]);
    }

    [Fact]
    public async Task A_job_that_is_run_stands_under_its_instance()
    {
        await using var world = await DoorWorld.StartAsync();
        world.Server.World.AddImage("1.1", "[[cron]]\nname = \"digest\"\nschedule = \"@daily\"\ncommand = \"true\"");
        await world.Server.DeployAsync("nua-notes:1.1");

        var run = await world.Server.Client.RunCronAsync("notes", "digest", Cancellation);
        await world.Server.EndOfAsync(run);
        await Assert.ThrowsAsync<ApiException>(() => world.Server.Client.ResumeAsync(run.Id, Cancellation));

        var lines = await AboutAsync(world, "notes");
        Assert.Contains($"POST /v1/instances/{{name}}/cron/{{job}}/run 202 operation {run.Id}", lines);
        Assert.Equal("POST /v1/operations/{id}/resume 409 operation.has-ended", lines[^1]);
    }

    [Fact]
    public async Task Refusals_stand_in_the_trail_and_nothing_that_their_sender_made_up()
    {
        await using var world = await DoorWorld.StartAsync();
        using var nobody = world.Stranger();
        using var reader = world.Stranger(await world.TokenAsync(Scope.Read, "notes"));

        await nobody.CodeAsync("POST", "/v1/nua_secret/made-up?x=y");
        await reader.CodeAsync("DELETE", "/v1/instances/notes");

        Assert.Equal(
            ["nobody 127.0.1.1 no route of the API - 401 access.no-token", "token token0 127.0.1.2 DELETE /v1/instances/{name} notes 403 access.scope"],
            (await LinesAsync(world)).TakeLast(2));
    }

    [Fact]
    public async Task What_fails_stands_there_with_its_code()
    {
        await using var world = await DoorWorld.StartAsync();

        await Assert.ThrowsAsync<ApiException>(() => world.Server.Client.DeployAsync(new DeployBody(), Cancellation));
        await Assert.ThrowsAsync<ApiException>(() => world.Server.Client.RevokeTokenAsync("nobody", Cancellation));

        var lines = await LinesAsync(world);
        Assert.EndsWith("POST /v1/deployments - 400 server.bad-request", lines[^3]);
        Assert.EndsWith("DELETE /v1/tokens/{token} - 404 access.no-such-token", lines[^1]);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_done_and_what_is_refused_stays_refused()
    {
        await using var world = await DoorWorld.StartAsync();
        using var nobody = world.Stranger();
        ((InMemoryAuditTrail)world.Server.Plane.Audit).Failure = new Problem(ProblemKind.Unavailable, "state.disk-full", "Full.", "Make room.");

        var refusal = await Assert.ThrowsAsync<ApiException>(() => world.Server.Client.ChangeAsync("notes", "stop", Cancellation));

        Assert.Equal("state.disk-full", refusal.Problem.Code);
        Assert.Equal(world.Deploy, (await world.Server.Client.OperationsAsync(new OperationQuery("notes", Limit: 1), Cancellation)).Operations[0].Id);
        Assert.Equal("access.no-token", (await nobody.CodeAsync("GET", "/v1/instances")).Code);
    }

    private static async Task<IReadOnlyList<string>> AboutAsync(DoorWorld world, string instance) =>
    [
        .. (await world.Server.Client.AuditAsync(null, instance, 1000, Cancellation)).Records.Reverse().Select(one => $"{one.What} {one.Outcome}"),
    ];

    private static async Task<IReadOnlyList<string>> LinesAsync(DoorWorld world) =>
    [
        .. (await world.Server.Client.AuditAsync(null, null, 1000, Cancellation)).Records.Reverse()
            .Select(one => $"{one.Who} {one.From} {one.What} {one.Instance ?? "-"} {one.Outcome}"),
    ];
}
