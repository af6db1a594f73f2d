using System.Net;
using Microsoft.AspNetCore.Routing;
using Nua.Api;
using Nua.Engine.Access;
using Nua.Server.Doors;
using Xunit;

namespace Nua.Tests.Server.Doors;

/// <summary>Every route, asked through the remote door by those who may and those who may not.</summary>
public sealed class EveryRouteTests
{
    private const string Body = """{"image":"notes"}""";

    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    private static IEnumerable<RouteRule> Rules => RouteRules.All;

    [Fact]
    public async Task Every_route_of_the_server_stands_in_the_table_and_the_other_way_round()
    {
        await using var server = await ServerWorld.StartAsync();

        var routed =
            from route in server.Routes
            from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
            select $"{method} {route.RoutePattern.RawText}";

        Assert.Equal(routed.Order(StringComparer.Ordinal), Rules.Select(rule => rule.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_changes_something_needs_more_than_reading_and_stands_in_the_trail()
    {
        Assert.All(Rules.Where(rule => rule.Changes), rule => Assert.NotEqual(Scope.Read, rule.Needs));
        Assert.Equal(
            [
                "POST /v1/instances/{name}/env/plan", "POST /v1/instances/{name}/secrets/rotate/plan", "POST /v1/builds/plan", "POST /v1/plans",
            ],
            Rules.Where(rule => rule.Method != "GET" && !rule.Changes).Select(rule => rule.ToString()));
    }

    [Theory]
    [InlineData(null, "access.no-token")]
    [InlineData("nua_0123456789abcdef", "access.bad-token")]
    [InlineData("nua_0123456789abcdef_0000000000000000000000000000000000000000000000000000000000000000", "access.bad-token")]
    [InlineData("revoked", "access.bad-token")]
    [InlineData("expired", "access.expired")]
    public async Task Nobody_gets_in_without_a_good_token(string? token, string code)
    {
        await using var world = await DoorWorld.StartAsync();
        var text = token switch
        {
            "revoked" => await world.RevokedTokenAsync(),
            "expired" => await world.ExpiredTokenAsync(),
            _ => token,
        };
        var before = await StateAsync(world);

        foreach (var rule in Rules)
        {
            using var stranger = world.Stranger(text);
            using var answer = await stranger.AskAsync(rule.Method, world.PathOf(rule), BodyFor(rule));

            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized, $"{rule} answered {answer.StatusCode}");
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString());
            Assert.Contains(code, await answer.Content.ReadAsStringAsync(Cancellation));
        }

        Assert.Equal(before, await StateAsync(world));
    }

    [Fact]
    public async Task A_lower_role_is_refused_and_told_which_it_lacks()
    {
        await using var world = await DoorWorld.StartAsync();
        var tokens = new Dictionary<Scope, string>();
        foreach (var scope in Enum.GetValues<Scope>())
        {
            tokens[scope] = await world.TokenAsync(scope);
        }

        var before = await StateAsync(world);
        foreach (var rule in Rules)
        {
            foreach (var lower in tokens.Keys.Where(scope => !new Principal("", [scope], []).May(rule.Needs)))
            {
                using var stranger = world.Stranger(tokens[lower]);

                var answer = await stranger.CodeAsync(rule.Method, world.PathOf(rule), BodyFor(rule));

                Assert.True(answer == (HttpStatusCode.Forbidden, "access.scope"), $"{rule} answered {answer} to {lower}");
            }
        }

        Assert.Equal(before, await StateAsync(world));
    }

    [Fact]
    public async Task A_token_of_another_instance_changes_nothing_and_learns_nothing_of_this_one()
    {
        await using var world = await DoorWorld.StartAsync();
        var token = await world.TokenAsync(Scope.Admin, "wiki");
        var before = await StateAsync(world);

        foreach (var rule in Rules)
        {
            using var stranger = world.Stranger(token);
            using var answer = await stranger.AskAsync(rule.Method, world.PathOf(rule), BodyFor(rule));
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            var expected = rule.Reach switch
            {
                Reach.Server => "access.whole-server",
                Reach.Instance => "access.other-instance",
                Reach.Operation => "operation.unknown",
                Reach.Own when BodyFor(rule) == Body => "access.other-instance",
                _ => "",
            };

            Assert.True(text.Contains(expected), $"{rule} answered {answer.StatusCode} {text}");
            Assert.True(expected.Length > 0 || !text.Contains("\"notes\""), $"{rule} tells of another's instance: {text}");
        }

        Assert.Equal(before, await StateAsync(world));
    }

    [Fact]
    public async Task Another_instance_is_answered_alike_whether_it_is_there_or_not()
    {
        await using var world = await DoorWorld.StartAsync();
        var token = await world.TokenAsync(Scope.Admin, "wiki");

        foreach (var rule in Rules.Where(rule => rule.Reach is Reach.Instance))
        {
            using var stranger = world.Stranger(token);

            Assert.Equal(
                await stranger.CodeAsync(rule.Method, world.PathOf(rule), BodyFor(rule)),
                await stranger.CodeAsync(rule.Method, world.PathOf(rule, "nobody"), BodyFor(rule)));
        }
    }

    [Fact]
    public async Task Who_has_just_the_scope_that_is_needed_is_let_in()
    {
        await using var world = await DoorWorld.StartAsync();

        foreach (var rule in Rules.OrderBy(rule => rule.Pattern == "/v1/shutdown"))
        {
            using var everywhere = world.Stranger(await world.TokenAsync(rule.Needs));
            var answer = await everywhere.CodeAsync(rule.Method, world.PathOf(rule), BodyFor(rule));

            Assert.True(answer.Code?.StartsWith("access.", StringComparison.Ordinal) is not true || answer.Code is "access.no-such-token", $"{rule} answered {answer}");
        }
    }

    [Fact]
    public async Task A_token_of_an_instance_serves_for_all_of_its_life()
    {
        await using var world = await DoorWorld.StartAsync();
        using var deployer = world.Stranger(await world.TokenAsync(Scope.Deploy, "notes"));
        using var other = world.Stranger(await world.TokenAsync(Scope.Deploy, "wiki"));

        Assert.Equal(HttpStatusCode.Accepted, (await deployer.CodeAsync("POST", "/v1/deployments", Body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await deployer.CodeAsync("POST", "/v1/plans", Body)).Status);
        Assert.Equal(HttpStatusCode.OK, (await deployer.CodeAsync("GET", $"/v1/operations/{world.Deploy}")).Status);
        Assert.Contains(world.Deploy, await (await deployer.AskAsync("GET", "/v1/operations")).Content.ReadAsStringAsync(Cancellation));
        Assert.DoesNotContain(world.Deploy, await (await other.AskAsync("GET", "/v1/operations?subject=notes")).Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Data_goes_at_an_administrators_word_alone()
    {
        await using var world = await DoorWorld.StartAsync();
        using var deployer = world.Stranger(await world.TokenAsync(Scope.Deploy));

        var answer = await deployer.CodeAsync("POST", "/v1/deployments", """{"image":"notes","acceptDataLoss":true}""");

        Assert.Equal((HttpStatusCode.Forbidden, "access.scope"), answer);
    }

    private static string? BodyFor(RouteRule rule) => rule switch
    {
        { Method: "GET" or "DELETE" or "PUT" } => null,
        { Pattern: "/v1/deployments" or "/v1/plans" } => Body,
        { Pattern: "/v1/tokens" } => """{"name":"more","scopes":["admin"],"lifeSeconds":60}""",
        { Pattern: "/v1/images/prune" } => """{"dryRun":true}""",
        { Pattern: "/v1/builds" or "/v1/builds/plan" } => """{"upload":"0"}""",
        _ => null,
    };

    private static async Task<State> StateAsync(DoorWorld world) => new(
        string.Join(' ', (await world.Server.Client.OperationsAsync(new OperationQuery(Limit: 1000), Cancellation)).Operations.Select(one => one.Id)),
        string.Join(' ', world.Server.World.Runtime.Running),
        (await world.Server.Client.TokensAsync(Cancellation)).Tokens.Count,
        world.Server.Plane.State.Now);

    private sealed record State(string Operations, string Running, int Tokens, string Ready);
}
