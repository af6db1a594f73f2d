using Nua.Gateway.Issuing.Dns;
using Xunit;

namespace Nua.Tests.Gateway;

/// <summary>RFC 8659, with its examples of section 4.</summary>
public sealed class CaaPolicyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(true, "iodef mailto:security@example.org")]
    [InlineData(true, "issue ca1.example.net")]
    [InlineData(true, "issue CA1.example.net ; account=230123")]
    [InlineData(true, "issue ca2.example.net", "issue ca1.example.net")]
    [InlineData(false, "issue ca2.example.net")]
    [InlineData(false, "issue ;")]
    [InlineData(false, "issue")]
    [InlineData(true, "issuewild ;")]
    [InlineData(true, "tbs unknown")]
    [InlineData(false, "!tbs unknown", "issue ca1.example.net")]
    public void An_authority_may_give_what_the_records_allow(bool permitted, params string[] records) =>
        Assert.Equal(permitted, Policy(records).Permits(["ca1.example.net"], isWildcard: false));

    [Theory]
    [InlineData(true, "issue ca1.example.net")]
    [InlineData(false, "issue ca1.example.net", "issuewild ;")]
    [InlineData(true, "issue ca2.example.net", "issuewild ca1.example.net")]
    [InlineData(false, "issue ca1.example.net", "issuewild ca2.example.net")]
    public void Wildcards_have_a_word_of_their_own(bool permitted, params string[] records) =>
        Assert.Equal(permitted, Policy(records).Permits(["ca1.example.net"], isWildcard: true));

    private static CaaPolicy Policy(string[] records) => new("example.org", [.. records.Select(Property)]);

    private static CaaProperty Property(string record)
    {
        var words = record.TrimStart('!').Split(' ', 2);
        return new CaaProperty((byte)(record[0] == '!' ? 128 : 0), words[0], words.ElementAtOrDefault(1) ?? "");
    }
}
