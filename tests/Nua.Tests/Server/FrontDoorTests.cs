using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Server.Listening;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Server;

public sealed class FrontDoorTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task Until_it_is_ready_the_server_answers_questions_and_takes_no_work()
    {
        await using var server = await ServerWorld.StartAsync(ready: false);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => server.Client.DeployAsync(new DeployBody("notes"), Cancellation));
        using var health = await server.Http.GetAsync("v1/health", Cancellation);

        Assert.Equal(("server.not-ready", 503, 8), (refusal.Problem.Code, refusal.Problem.Status, refusal.Problem.Exit));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("starting", (await server.Client.StatusAsync(Cancellation)).State);

        server.Plane.State.BecomeReady();
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("v1/health", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_status_tells_what_is_away_and_why()
    {
        await using var server = await ServerWorld.StartAsync();
        var away = new Problem(ProblemKind.Unavailable, "runtime.unreachable", "Away.", "Wait.");
        server.World.Runtime.FailOn("PingAsync", away);

        var status = await server.Client.StatusAsync(Cancellation);

        Assert.Equal("runtime.unreachable", status.Engine.Problem!.Code);
        Assert.Equal(8443, status.Gateway.HttpsPort);
        Assert.Equal(new CountsView(0, 0, 0), status.Counts);
    }

    [Fact]
    public async Task A_problem_is_an_rfc_9457_document()
    {
        await using var server = await ServerWorld.StartAsync();

        using var answer = await server.Http.GetAsync("v1/instances/nobody", Cancellation);

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(
            ["type", "title", "status", "detail", "code", "kind", "hint", "details", "exit"],
            document.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("POST", "v1/deployments", "{\"image\": 3", "server.bad-request", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/deployments", "{}", "server.bad-request", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/deployments", "{\"site\":{\"file\":null,\"text\":\"\",\"index\":0}}", "server.bad-request", HttpStatusCode.BadRequest)]
    [InlineData("POST", "v1/builds", "{\"upload\":null}", "server.bad-request", HttpStatusCode.BadRequest)]
    [InlineData("GET", "v1/instances/notes/logs?tail=few", null, "server.bad-request", HttpStatusCode.BadRequest)]
    [InlineData("GET", "v1/nothing", null, "server.no-such-route", HttpStatusCode.NotFound)]
    [InlineData("GET", "v1/operations/0123/events", null, "operation.unknown", HttpStatusCode.NotFound)]
    [InlineData("POST", "v1/operations/0123/cancel", null, "operation.unknown", HttpStatusCode.NotFound)]
    public async Task What_makes_no_sense_is_refused_with_a_code(string method, string path, string? body, string code, HttpStatusCode status)
    {
        await using var server = await ServerWorld.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await server.Http.SendAsync(request, Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync(ApiJson.Default.ProblemView, Cancellation))!.Code);
    }

    [Fact]
    public async Task One_operation_at_a_time_works_on_an_instance()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var busy = server.World.Gateway.Occupy(server.World.Gateway.RouteOf("notes.localhost")!.Address);
        server.World.AddImage("2.0");
        var first = await server.Client.DeployAsync(new DeployBody("notes:2.0"), Cancellation);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => server.Client.ChangeAsync("notes", "stop", Cancellation));

        Assert.Equal(("operation.locked", 8), (refusal.Problem.Code, refusal.Problem.Exit));
        Assert.Contains(first.Id, refusal.Problem.Hint);
        busy.Dispose();
        Assert.Equal("succeeded", (await server.EndOfAsync(first)).State);
    }

    [Fact]
    public async Task The_document_of_the_api_describes_every_route_there_is()
    {
        await using var server = await ServerWorld.StartAsync();

        using var document = JsonDocument.Parse(await server.Http.GetStringAsync("openapi/v1.json", Cancellation));

        var described =
            from path in document.RootElement.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select $"{method.Name.ToUpperInvariant()} {path.Name}";
        var routed =
            from route in server.Routes
            where route.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal)
            from method in route.Metadata.OfType<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().Single().HttpMethods
            select $"{method} {route.RoutePattern.RawText}";
        Assert.Equal(routed.Order(), described.Order());
        Assert.Equal(
            "bearer",
            document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString());
        Assert.Equal(
            "Needs the scope admin.",
            document.RootElement.GetProperty("paths").GetProperty("/v1/tokens").GetProperty("post").GetProperty("description").GetString());
        Assert.Equal("Nua", document.RootElement.GetProperty("info").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Every_route_is_in_the_reference()
    {
        await using var server = await ServerWorld.StartAsync();
        var reference = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md"), Cancellation);

        var missing = server.Routes.Select(route => route.RoutePattern.RawText!)
            .Where(path => path.StartsWith("/v1/", StringComparison.Ordinal) && !reference.Contains($"`{path}`"));

        Assert.Empty(missing);
    }

    [Fact]
    public async Task The_socket_is_for_the_user_and_the_group_alone()
    {
        await using var server = await ServerWorld.StartAsync();

        Assert.Equal((UnixFileMode)0b110_110_000, File.GetUnixFileMode(server.Home.ServerSocket));
    }

    [Fact]
    public void Two_servers_never_use_one_home()
    {
        var folder = Directory.CreateTempSubdirectory("nua-home-");
        var home = NuaHome.Under(folder.FullName);
        using (HomeLock.Take(home))
        {
            var refusal = Assert.Throws<NuaException>(() => HomeLock.Take(home));
            Assert.Equal(("server.already-running", ProblemKind.Unavailable), (refusal.Problem.Code, refusal.Problem.Kind));
        }

        HomeLock.Take(home).Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_home_that_cannot_be_written_is_not_said_to_be_in_use()
    {
        var folder = Directory.CreateTempSubdirectory("nua-home-");
        var home = NuaHome.Under(folder.FullName);
        HomeLock.Take(home).Dispose();
        File.Delete(Path.Combine(home.State, "server.lock"));

        // A program that runs cannot be opened for writing, as if its disk were read-only.
        File.CreateSymbolicLink(Path.Combine(home.State, "server.lock"), Environment.ProcessPath!);

        var refusal = Assert.Throws<NuaException>(() => HomeLock.Take(home));

        Assert.Equal("server.home-unusable", refusal.Problem.Code);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Shutting_down_with_the_workloads_stops_them_without_wanting_them_stopped()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var done = await server.Client.ShutDownAsync(workloads: true, Cancellation);

        Assert.Equal(["Stopped nua_notes_app_1.", "Stopped nua_notes_database_1."], done.Actions.Order());
        Assert.Empty(server.World.Runtime.Running);
        await server.World.RestartAsync();
        Assert.Equal(2, server.World.Runtime.Running.Count);
    }
}
