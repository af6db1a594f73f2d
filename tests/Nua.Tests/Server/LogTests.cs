using Nua.Api;
using Xunit;

namespace Nua.Tests.Server;

public sealed class LogTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task Logs_of_several_workloads_come_in_the_order_of_time()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.Runtime.Write("nua_notes_app_1", "one");
        server.World.Runtime.Write("nua_notes_database_1", "two", isError: true);
        server.World.Runtime.Write("nua_notes_app_1", "three");

        var lines = await server.Client.LogsAsync("notes", new LogQuery(), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["app out one", "database err two", "app out three"], lines.Select(Text));
    }

    [Fact]
    public async Task Following_goes_on_where_the_history_ended_and_shows_no_line_twice()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.Runtime.Write("nua_notes_app_1", "before");
        var seen = new List<string>();

        await foreach (var line in server.Client.LogsAsync("notes", new LogQuery(Follow: true), Cancellation))
        {
            seen.Add(Text(line));
            if (seen.Count == 3)
            {
                break;
            }

            server.World.Runtime.Write("nua_notes_app_1", $"after {seen.Count}");
        }

        Assert.Equal(["app out before", "app out after 1", "app out after 2"], seen);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(null, true)]
    public async Task Following_what_has_no_history_to_show_shows_only_what_comes(int? tail, bool sinceNow)
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.Runtime.Write("nua_notes_app_1", "old");
        await Task.Delay(5, Cancellation);
        var query = new LogQuery("app", tail, Follow: true, Since: sinceNow ? DateTimeOffset.UtcNow : null);

        var next = server.Client.LogsAsync("notes", query, Cancellation).FirstAsync(Cancellation).AsTask();
        await Task.WhenAny(next, Task.Delay(300, Cancellation));
        while (!next.IsCompleted)
        {
            server.World.Runtime.Write("nua_notes_app_1", "new");
            await Task.WhenAny(next, Task.Delay(20, Cancellation));
        }

        Assert.Equal("app out new", Text(await next));
    }

    [Fact]
    public async Task One_workload_and_its_last_lines_can_be_asked_for()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.Runtime.Write("nua_notes_app_1", "one");
        server.World.Runtime.Write("nua_notes_app_1", "two");
        server.World.Runtime.Write("nua_notes_database_1", "three");

        var lines = await server.Client.LogsAsync("notes", new LogQuery("app", Tail: 1), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["app out two"], lines.Select(Text));
    }

    [Fact]
    public async Task A_workload_that_is_not_there_is_named_with_those_that_are()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var refusal = await Assert.ThrowsAsync<ApiException>(async () =>
            await server.Client.LogsAsync("notes", new LogQuery("cache"), Cancellation).ToListAsync(Cancellation));

        Assert.Equal("server.no-workload", refusal.Problem.Code);
        Assert.Equal("It has: database, app.", refusal.Problem.Hint);
    }

    private static string Text(LogLineView line) => $"{line.Workload} {line.Stream} {line.Text}";
}
