using Nua.Engine.Access;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Access;

public sealed class RefusalTrailTests
{
    private readonly HandClock _clock = new();
    private readonly InMemoryAuditTrail _trail = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_of_a_minute_is_written_and_the_others_are_counted()
    {
        var refusals = new RefusalTrail(_trail, _clock);
        await RefuseAsync(refusals, "192.0.2.1", 1000);
        await RefuseAsync(refusals, "192.0.2.2", 1);

        _clock.Pass(TimeSpan.FromMinutes(1));
        await RefuseAsync(refusals, "192.0.2.2", 1);

        Assert.Equal(
            ["192.0.2.1 401", "192.0.2.2 401", "192.0.2.1 refused 999 times", "192.0.2.2 401"], await LinesAsync());
    }

    [Fact]
    public async Task A_flood_of_addresses_writes_no_more_than_so_many_lines_and_loses_none()
    {
        var refusals = new RefusalTrail(_trail, _clock);
        for (var address = 0; address < 5000; address++)
        {
            await RefuseAsync(refusals, $"192.0.2.{address}", 1);
        }

        await refusals.FlushAsync(Cancellation);
        await refusals.FlushAsync(Cancellation);

        var lines = await LinesAsync();
        Assert.Equal(RefusalTrail.MostAddresses + 1, lines.Count);
        Assert.Equal($"elsewhere refused {5000 - RefusalTrail.MostAddresses} times", lines[^1]);
    }

    private async Task RefuseAsync(RefusalTrail refusals, string from, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await refusals.NoteAsync(
                new AuditEntry(_clock.GetUtcNow(), AuditEntry.Nobody, from, "GET /v1/status", null, "401"), Cancellation);
        }
    }

    private async Task<IReadOnlyList<string>> LinesAsync() =>
    [
        .. (await _trail.ListAsync(new AuditQuery(10_000), Cancellation)).Reverse()
            .Select(record => $"{record.Entry.From} {record.Entry.Outcome}"),
    ];
}
