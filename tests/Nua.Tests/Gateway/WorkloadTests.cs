using Nua.Gateway.Routing;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class WorkloadTests
{
    private readonly Workload _workload = new(new Uri("http://127.0.0.1:8000/"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_waits_for_an_idle_workload() => Assert.Equal(0, await DrainAsync(TimeSpan.FromHours(1)));

    [Fact]
    public async Task Who_waits_is_told_when_the_last_request_leaves()
    {
        _workload.Enter();
        _workload.Enter();
        var (first, second) = (DrainAsync(TimeSpan.FromHours(1)), DrainAsync(TimeSpan.FromHours(1)));

        _workload.Leave();
        Assert.False(first.IsCompleted);
        _workload.Leave();

        Assert.Equal(0, await first);
        Assert.Equal(0, await second);
    }

    [Fact]
    public async Task Who_has_no_time_is_told_how_many_are_left()
    {
        _workload.Enter();
        _workload.Enter();

        Assert.Equal(2, await DrainAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Who_gives_up_is_not_told_that_it_is_idle()
    {
        using var giveUp = new CancellationTokenSource();
        _workload.Enter();
        var drained = _workload.DrainAsync(TimeSpan.FromHours(1), TimeProvider.System, giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drained);
    }

    [Fact]
    public async Task Requests_that_come_and_go_at_once_leave_nobody_waiting()
    {
        for (var round = 0; round < 200; round++)
        {
            _workload.Enter();
            var drained = Task.Run(() => DrainAsync(TimeSpan.FromHours(1)), Cancellation);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
                () =>
                {
                    _workload.Enter();
                    _workload.Leave();
                },
                Cancellation)));
            _workload.Leave();

            Assert.Equal(0, await drained);
        }
    }

    private Task<int> DrainAsync(TimeSpan limit) => _workload.DrainAsync(limit, TimeProvider.System, Cancellation);
}
