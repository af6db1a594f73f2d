using System.Net;
using Nua.Engine.Access;
using Xunit;

namespace Nua.Tests.Server.Doors;

/// <summary>What attackers try: other spellings of paths, headers that others believe, requests within requests.</summary>
public sealed class TricksTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    public static TheoryData<string> Paths =>
    [
        "/v1/instances/notes", "//v1/instances/notes", "/v1//instances/notes", "/v1/instances/notes/", "/V1/INSTANCES/notes",
        "/v1/../v1/instances/notes", "/v1/instances/wiki/../notes", "/v1/instances/wiki/%2e%2e/notes", "/v1/instances/wiki%2f..%2fnotes",
        "/v1/instances/wiki;/../notes", "/v1/instances/notes;name=wiki", "/v1/instances/notes%20", "/v1/instances/notes%00",
        "/v1/instances/%6eotes", "/v1/instances/notes?name=wiki", "/v1/instances/notes#wiki", "/v1/instances/.%2fnotes",
        "/v1/instances/notes/env?name=wiki", "/v1/instances/wiki/..%5cnotes", "/v1/instances/notes/logs/", "/./v1/instances/notes",
        "http://localhost/v1/instances/notes", "https://wiki/v1/instances/notes", "/openapi/../v1/instances/notes",
        "/v1/operations/../instances/notes", "/v1/health/../instances/notes", "/v1/instances?instance=notes", "*", "/",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task No_spelling_of_a_path_gets_past_the_check(string path)
    {
        await using var world = await DoorWorld.StartAsync();
        using var nobody = world.Stranger();
        using var other = world.Stranger();
        var token = await world.TokenAsync(Scope.Admin, "wiki");

        var without = await nobody.SendRawAsync(Request("GET", path));
        var with = await other.SendRawAsync(Request("GET", path, $"Authorization: Bearer {token}"));

        Assert.Matches("^HTTP/1.1 40[015] ", without);
        Assert.StartsWith("HTTP/1.1 ", with);
        Assert.DoesNotContain("nua_notes", with);
        Assert.DoesNotContain("notes.localhost", with);
    }

    [Theory]
    [InlineData("X-Forwarded-For: 127.0.0.1")]
    [InlineData("Forwarded: for=127.0.0.1;proto=https")]
    [InlineData("X-Real-IP: 127.0.0.1")]
    [InlineData("X-Forwarded-User: root")]
    [InlineData("X-Original-URL: /v1/health")]
    [InlineData("X-Rewrite-URL: /v1/health")]
    [InlineData("Host: nua")]
    [InlineData("Host: unix:/run/nua/server.sock")]
    [InlineData("Cookie: token=TOKEN")]
    [InlineData("X-Api-Key: TOKEN")]
    [InlineData("Proxy-Authorization: Bearer TOKEN")]
    [InlineData("Authorization: Basic TOKEN")]
    [InlineData("Authorization: TOKEN")]
    [InlineData("Authorization: Bearer")]
    [InlineData("Authorization: Bearer TOKEN, Bearer TOKEN")]
    [InlineData("Authorization: Bearer TOKEN TOKEN")]
    [InlineData("Authorization: Bearer TOKEN\r\nAuthorization: Bearer nua_wrong")]
    [InlineData("Authorization: Bearer nua_wrong\r\nAuthorization: Bearer TOKEN")]
    [InlineData("Authorization : Bearer TOKEN")]
    [InlineData(" Authorization: Bearer TOKEN")]
    public async Task No_header_stands_for_one_token_in_its_place(string header)
    {
        await using var world = await DoorWorld.StartAsync();
        using var stranger = world.Stranger();
        var token = await world.TokenAsync(Scope.Admin);

        var answer = await stranger.SendRawAsync(Request("GET", "/v1/instances", header.Replace("TOKEN", token)));

        Assert.Matches("^HTTP/1.1 40[01] ", answer);
    }

    [Fact]
    public async Task A_token_in_an_address_is_none_and_the_scheme_may_be_written_as_one_likes()
    {
        await using var world = await DoorWorld.StartAsync();
        using var stranger = world.Stranger();
        var token = await world.TokenAsync(Scope.Read);

        Assert.Equal("access.no-token", (await stranger.CodeAsync("GET", $"/v1/instances?access_token={token}&token={token}")).Code);
        Assert.StartsWith("HTTP/1.1 200 ", await stranger.SendRawAsync(Request("GET", "/v1/instances", $"authorization: bearer {token}")));
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-HTTP-Method")]
    [InlineData("X-Method-Override")]
    public async Task A_method_is_what_it_says_it_is(string header)
    {
        await using var world = await DoorWorld.StartAsync();
        using var reader = world.Stranger(await world.TokenAsync(Scope.Read));

        Assert.Equal(HttpStatusCode.OK, (await reader.CodeAsync("GET", "/v1/instances/notes?_method=DELETE", body: null, (header, "DELETE"))).Status);
        Assert.Equal("access.scope", (await reader.CodeAsync("DELETE", "/v1/instances/notes", body: null, (header, "GET"))).Code);

        Assert.Single((await world.Server.Client.InstancesAsync(Cancellation)).Instances);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("PATCH")]
    [InlineData("QUERY")]
    public async Task Methods_that_no_route_has_are_no_way_in(string method)
    {
        await using var world = await DoorWorld.StartAsync();
        using var nobody = world.Stranger();
        using var admin = world.Stranger();

        Assert.Matches("^HTTP/1.1 40[01] ", await nobody.SendRawAsync(Request(method, "/v1/instances/notes")));
        Assert.Matches(
            "^HTTP/1.1 40[04] ",
            await admin.SendRawAsync(Request(method, "/v1/instances/notes", $"Authorization: Bearer {await world.TokenAsync(Scope.Admin)}")));
    }

    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 5", "")]
    [InlineData("Transfer-Encoding: xchunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity", "0\r\n\r\n")]
    [InlineData("Content-Length: +0", "")]
    [InlineData("Content-Length: 0", "")]
    public async Task A_request_within_a_request_is_asked_for_its_own_token(string headers, string body)
    {
        await using var world = await DoorWorld.StartAsync();
        using var stranger = world.Stranger();
        var token = await world.TokenAsync(Scope.Operate, "wiki");

        var answer = await stranger.SendRawAsync(
            $"POST /v1/instances/wiki/stop HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n{headers}\r\n\r\n{body}"
            + Request("GET", "/v1/instances/notes"));

        Assert.All(answer.Split("HTTP/1.1 ").Skip(2), inner => Assert.StartsWith("40", inner));
        Assert.DoesNotContain("notes.localhost", answer);
    }

    [Fact]
    public async Task What_is_refused_is_refused_before_a_body_is_sent()
    {
        await using var world = await DoorWorld.StartAsync();
        using var stranger = world.Stranger();

        var answer = await stranger.SendRawAsync(
            "PUT /v1/uploads HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401 ", answer);
    }

    private static string Request(string method, string path, string? header = null) =>
        $"{method} {path} HTTP/1.1\r\n{(header?.StartsWith("Host", StringComparison.Ordinal) is true ? "" : "Host: a\r\n")}"
        + $"{(header is null ? "" : header + "\r\n")}Connection: close\r\n\r\n";
}
