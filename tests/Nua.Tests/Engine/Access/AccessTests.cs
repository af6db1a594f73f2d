using Nua.Engine.Access;
using Nua.Testing.Contracts;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Access;

public sealed class InMemoryAccessStoreTests : AccessStoreContract
{
    protected override Task<IAccessStore> NewStoreAsync() => Task.FromResult<IAccessStore>(new InMemoryAccessStore());
}

public sealed class InMemoryAuditTrailTests : AuditTrailContract
{
    protected override Task<IAuditTrail> NewTrailAsync() => Task.FromResult<IAuditTrail>(new InMemoryAuditTrail());
}

public sealed class TokenTextTests
{
    [Fact]
    public void A_token_is_read_back_and_its_hash_is_not_in_it()
    {
        var (token, text) = TokenText.Make();

        var read = TokenText.Parse(text.Reveal());

        Assert.Equal(token.Id, read!.Id);
        Assert.Equal(token.Hash, read.Hash);
        Assert.DoesNotContain(Convert.ToHexStringLower(token.Hash), text.Reveal());
        Assert.DoesNotContain(text.Reveal(), $"{text} {token}");
    }

    [Fact]
    public void A_token_with_the_id_of_another_is_not_that_one()
    {
        var (token, text) = TokenText.Make();
        var known = new KnownToken(
            new AccessToken(token.Id, "ci", [Scope.Read], [], "ann", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), token.Hash);
        var forged = TokenText.Make().Token with { Id = token.Id };

        Assert.True(TokenText.Parse(text.Reveal())!.Is(known));
        Assert.False(forged.Is(known));
    }

    [Fact]
    public void A_token_of_one_instance_is_worth_nothing_at_another()
    {
        var holder = new Principal("token ci", [Scope.Admin], ["notes"]);

        Assert.True(holder.MayAt("notes"));
        Assert.False(holder.MayAt("wiki"));
        Assert.False(holder.SeesAll);
        Assert.True(Principal.Administrator("root").MayAt("wiki"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nua__")]
    [InlineData("nua_0123456789abcdef_")]
    [InlineData("nua_0123456789ABCDEF_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("nua_0123456789abcdef_000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("xxx_0123456789abcdef_0000000000000000000000000000000000000000000000000000000000000000")]
    public void What_has_not_its_form_is_none(string text) => Assert.Null(TokenText.Parse(text));

    [Theory]
    [InlineData(Scope.Read, "read")]
    [InlineData(Scope.Operate, "read operate")]
    [InlineData(Scope.Deploy, "read deploy")]
    [InlineData(Scope.Admin, "read operate deploy admin")]
    public void A_scope_includes_reading_and_admin_includes_all(Scope scope, string all)
    {
        var holder = new Principal("token ci", [scope], []);

        Assert.Equal(all, string.Join(' ', Enum.GetValues<Scope>().Where(holder.May)).ToLowerInvariant());
    }
}
