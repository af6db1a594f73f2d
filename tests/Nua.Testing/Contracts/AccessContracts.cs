using Nua.Core.Problems;
using Nua.Engine.Access;
using Xunit;

namespace Nua.Testing.Contracts;

/// <summary>What every store of tokens promises.</summary>
public abstract class AccessStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A store with nothing in it.</summary>
    protected abstract Task<IAccessStore> NewStoreAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_added_is_found_whole()
    {
        var store = await NewStoreAsync();
        var token = Token("ci", "0123456789abcdef");
        await store.AddAsync(token, Cancellation);

        var found = await store.FindAsync(token.Token.Id, Cancellation);

        Assert.Equivalent(token, found, strict: true);
        Assert.Null(await store.FindAsync("fedcba9876543210", Cancellation));
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        var store = await NewStoreAsync();
        await store.AddAsync(Token("ci", "1"), Cancellation);

        var refusal = await Assert.ThrowsAsync<NuaException>(() => store.AddAsync(Token("ci", "2"), Cancellation));

        Assert.Equal("access.name-taken", refusal.Problem.Code);
        Assert.Equal("1", Assert.Single(await store.ListAsync(Cancellation)).Id);
    }

    [Fact]
    public async Task What_was_removed_is_known_no_more()
    {
        var store = await NewStoreAsync();
        await store.AddAsync(Token("ci", "1"), Cancellation);

        Assert.True(await store.RemoveAsync("1", Cancellation));
        Assert.False(await store.RemoveAsync("1", Cancellation));
        Assert.Null(await store.FindAsync("1", Cancellation));
    }

    private static KnownToken Token(string name, string id) => new(
        new AccessToken(id, name, [Scope.Deploy, Scope.Operate], ["notes", "wiki"], "ann", Noon, Noon.AddDays(90)), [1, 2, 3]);
}

/// <summary>What every audit trail promises.</summary>
public abstract class AuditTrailContract
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A trail with nothing in it.</summary>
    protected abstract Task<IAuditTrail> NewTrailAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_are_numbered_and_bound_to_those_before()
    {
        var trail = await NewTrailAsync();
        await trail.AppendAsync(Entry("notes"), Cancellation);
        await trail.AppendAsync(Entry(null), Cancellation);

        var newest = await trail.ListAsync(new AuditQuery(1), Cancellation);
        var check = await trail.VerifyAsync(Cancellation);

        Assert.Equal((2, Entry(null)), (Assert.Single(newest).Number, newest[0].Entry));
        Assert.Equal(new AuditCheck(2, null, newest[0].Hash), check);
    }

    [Fact]
    public async Task An_empty_trail_is_whole() =>
        Assert.Equal(new AuditCheck(0, null, AuditChain.Start), await (await NewTrailAsync()).VerifyAsync(Cancellation));

    [Fact]
    public async Task Records_are_found_by_time_and_by_instance()
    {
        var trail = await NewTrailAsync();
        await trail.AppendAsync(Entry("notes"), Cancellation);
        await trail.AppendAsync(Entry("wiki") with { At = Noon.AddMinutes(1) }, Cancellation);
        await trail.AppendAsync(Entry("notes") with { At = Noon.AddMinutes(2) }, Cancellation);

        var later = await trail.ListAsync(new AuditQuery(10, Since: Noon.AddMinutes(1)), Cancellation);
        var notes = await trail.ListAsync(new AuditQuery(10, Instance: "notes"), Cancellation);

        Assert.Equal([3, 2], later.Select(record => record.Number));
        Assert.Equal([3, 1], notes.Select(record => record.Number));
    }

    [Fact]
    public async Task Those_who_write_at_once_make_one_chain()
    {
        var trail = await NewTrailAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => trail.AppendAsync(Entry($"app{number}"), Cancellation)));

        var check = await trail.VerifyAsync(Cancellation);
        Assert.Equal(20, check.Records);
        Assert.Null(check.BrokenAt);
    }

    private static AuditEntry Entry(string? instance) => new(Noon, "ann", "socket", "POST /v1/cleanup", instance, "asked");
}
