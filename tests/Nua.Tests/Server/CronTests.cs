using Nua.Api;
using Xunit;

namespace Nua.Tests.Server;

public sealed class CronTests
{
    private const string Job =
        """
        [[cron]]
        name = "digest"
        schedule = "@daily"
        command = "make-digest"
        """;

    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task A_job_can_be_seen_and_run_and_its_failure_stands_in_the_status()
    {
        await using var server = await ServerWorld.StartAsync();
        server.World.AddImage("1.0", Job);
        await server.DeployAsync();

        var before = Assert.Single((await server.Client.CronAsync("notes", Cancellation)).Jobs);
        var ended = await server.EndOfAsync(await server.Client.RunCronAsync("notes", "digest", Cancellation));
        var status = await server.Client.InstanceAsync("notes", Cancellation);

        Assert.Equal(("digest", "@daily", "UTC", null), (before.Name, before.Schedule, before.TimeZone, before.Last));
        Assert.NotNull(before.Next);
        Assert.Equal(("failed", "command.job-failed", 6), (ended.State, ended.Problem!.Code, ended.Problem.Exit));
        Assert.Equal(ended.Id, Assert.Single(status.Cron).Last!.Id);
        Assert.Equal("deploy", status.LastOperation!.Kind);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_named()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var refusal = await Assert.ThrowsAsync<ApiException>(() => server.Client.RunCronAsync("notes", "digest", Cancellation));

        Assert.Equal(("command.no-job", 3), (refusal.Problem.Code, refusal.Problem.Exit));
    }
}
