using Microsoft.Data.Sqlite;
using Nua.Drivers.State.Sqlite;
using Nua.Engine.Access;
using Nua.Testing.Contracts;
using Xunit;

namespace Nua.IntegrationTests.State;

public sealed class SqliteAccessStoreTests : AccessStoreContract, IAsyncDisposable
{
    private readonly StateFolder _folder = new();

    protected override async Task<IAccessStore> NewStoreAsync() => new SqliteAccessStore(await _folder.OpenAsync());

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}

public sealed class SqliteAuditTrailTests : AuditTrailContract, IAsyncDisposable
{
    private readonly StateFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected override async Task<IAuditTrail> NewTrailAsync() => new SqliteAuditTrail(await _folder.OpenAsync());

    [Theory]
    [InlineData("UPDATE audit SET who = 'eve'")]
    [InlineData("DELETE FROM audit")]
    public async Task The_file_refuses_to_change_a_record(string sql)
    {
        var trail = await FilledAsync();

        await Assert.ThrowsAsync<SqliteException>(async () => await (await _folder.OpenAsync()).WriteAsync(sql, Cancellation));

        Assert.Equal((3, null), await CheckAsync(trail));
    }

    [Theory]
    [InlineData("UPDATE audit SET who = 'eve' WHERE number = 2", 2)]
    [InlineData("UPDATE audit SET instance = NULL WHERE number = 3", 3)]
    [InlineData("DELETE FROM audit WHERE number = 1", 2)]
    [InlineData("DELETE FROM audit WHERE number = 2", 3)]
    public async Task Whoever_gets_round_that_breaks_the_chain_where_it_shows(string sql, long brokenAt)
    {
        var trail = await FilledAsync();
        var file = await _folder.OpenAsync();
        await file.WriteAsync("DROP TRIGGER audit_no_update", Cancellation);
        await file.WriteAsync("DROP TRIGGER audit_no_delete", Cancellation);

        await file.WriteAsync(sql, Cancellation);

        Assert.Equal((3, brokenAt), await CheckAsync(trail));
    }

    [Fact]
    public async Task A_chain_longer_than_a_page_is_followed_to_its_end()
    {
        var trail = await NewTrailAsync();
        await AppendAsync(trail, 1050);
        Assert.Equal((1050, null), await CheckAsync(trail));

        var file = await _folder.OpenAsync();
        await file.WriteAsync("DROP TRIGGER audit_no_update", Cancellation);
        await file.WriteAsync("UPDATE audit SET outcome = 'done' WHERE number = 1020", Cancellation);

        Assert.Equal((1050, 1020), await CheckAsync(trail));
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private static async Task<(long Records, long? BrokenAt)> CheckAsync(IAuditTrail trail)
    {
        var check = await trail.VerifyAsync(Cancellation);
        return (check.Records, check.BrokenAt);
    }

    private async Task<IAuditTrail> FilledAsync()
    {
        var trail = await NewTrailAsync();
        await AppendAsync(trail, 3);
        return trail;
    }

    private static async Task AppendAsync(IAuditTrail trail, int number)
    {
        for (var minute = 0; minute < number; minute++)
        {
            var at = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero).AddMinutes(minute);
            await trail.AppendAsync(new AuditEntry(at, "ann", "socket", "POST /v1/cleanup", "notes", "asked"), Cancellation);
        }
    }
}
