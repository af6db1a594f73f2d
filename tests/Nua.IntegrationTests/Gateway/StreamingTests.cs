using System.Diagnostics;
using Xunit;

namespace Nua.IntegrationTests.Gateway;

/// <summary>Nothing is held back on its way through.</summary>
public sealed class StreamingTests : GatewayFixture
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task The_first_event_arrives_while_the_workload_still_writes(string version)
    {
        var backEnd = await PublishAsync("events.test");
        var visitor = OpenVisitor(Version.Parse(version));
        await using var events = await visitor.GetStreamAsync(new Uri("https://events.test/events"), Cancellation);
        using var reader = new StreamReader(events);

        var clock = Stopwatch.StartNew();
        Assert.Equal("data: first", await reader.ReadLineAsync(Cancellation));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));

        backEnd.LetGo();
        Assert.EndsWith("data: second\n\n", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_who_leaves_frees_the_workload()
    {
        var backEnd = await PublishAsync("held.test");
        using (var leaving = new CancellationTokenSource())
        {
            var held = OpenVisitor().GetAsync(new Uri("https://held.test/held"), leaving.Token);
            while (await Client.DrainAsync(backEnd.Address, TimeSpan.Zero, Cancellation) == 0)
            {
                await Task.Yield();
            }

            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        }

        Assert.Equal(0, await Client.DrainAsync(backEnd.Address, TimeSpan.FromMinutes(1), Cancellation));
        Assert.Equal(0, Assert.Single((await Client.StateAsync(Cancellation)).Routes).Failed);
    }
}
