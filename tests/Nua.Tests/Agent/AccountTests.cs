using System.Text;
using Nua.Agent.Starting;
using Nua.Core.Problems;
using Xunit;

namespace Nua.Tests.Agent;

public sealed class AccountTests
{
    private static readonly string[] Passwd = ["root:x:0:0:root:/root:/bin/sh", "broken", "nua:x:1000:1001:,,,:/nua:/bin/bash"];
    private static readonly string[] Groups = ["root:x:0:", "media:x:44:other,nua", "nua:x:1001:nua", "odd", "many:x:x:nua"];

    [Theory]
    [InlineData("nua")]
    [InlineData("1000")]
    public void A_user_is_found_by_name_or_number(string name)
    {
        var account = Account.Find(name, Passwd, Groups)!;

        Assert.Equal(("nua", 1000u, 1001u, "/nua"), (account.Name, account.User, account.Group, account.Home));
        Assert.Equal([1001u, 44u], account.Groups);
    }

    [Theory]
    [InlineData("1000:media", 1000u, 44u)]
    [InlineData("nua:7", 1000u, 7u)]
    [InlineData("1234", 1234u, 0u)]
    [InlineData("1234:1001", 1234u, 1001u)]
    public void A_number_need_not_be_known_and_a_group_may_be_named(string name, uint user, uint group)
    {
        var account = Account.Find(name, Passwd, Groups)!;

        Assert.Equal((user, group), (account.User, account.Group));
        Assert.Equal([group], account.Groups);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("nua:nosuch")]
    [InlineData("nua:1:2")]
    [InlineData("broken")]
    [InlineData("")]
    public void Nobody_else_is(string name) => Assert.Null(Account.Find(name, Passwd, Groups));

    [Fact]
    public void Programs_learn_who_they_are() => Assert.Equal(
        [new("HOME", "/nua"), new("USER", "nua"), new("LOGNAME", "nua")], Account.Find("nua", Passwd, Groups)!.Environment);

    [Fact]
    public void Secrets_are_an_object_of_names_and_texts() => Assert.Equal(
        new Dictionary<string, string> { ["A"] = "1 2", ["B"] = "" }, Secrets.Parse("""{"A": "1 2", "B": ""}"""u8.ToArray()));

    [Theory]
    [InlineData("""{"A": 4711}""")]
    [InlineData("""{"A": null}""")]
    [InlineData("""["4711"]""")]
    [InlineData("""{"A": "4711" """)]
    public void Broken_secrets_are_reported_without_a_value(string json)
    {
        var refusal = Assert.Throws<NuaException>(() => Secrets.Parse(Encoding.UTF8.GetBytes(json)));

        Assert.Equal("agent.broken-secrets", refusal.Problem.Code);
        Assert.DoesNotContain("4711", refusal.ToString());
    }
}
