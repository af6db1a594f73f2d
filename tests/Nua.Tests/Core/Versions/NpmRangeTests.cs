using Nua.Core.Versions;
using Xunit;

namespace Nua.Tests.Core.Versions;

public sealed class NpmRangeTests
{
    [Theory]
    [InlineData("", "22.1.0", true)]
    [InlineData("*", "22.1.0", true)]
    [InlineData("x", "0.0.0", true)]
    [InlineData("20", "20.0.0", true)]
    [InlineData("20", "21.0.0", false)]
    [InlineData("20.x", "20.19.4", true)]
    [InlineData("20.x.x", "20.19.4", true)]
    [InlineData("v20.11", "20.11.9", true)]
    [InlineData("20.11", "20.12.0", false)]
    [InlineData("=20.11.1", "20.11.1", true)]
    [InlineData("20.11.1", "20.11.2", false)]
    [InlineData("^18.12", "18.20.8", true)]
    [InlineData("^18.12", "18.11.0", false)]
    [InlineData("^18.12", "19.0.0", false)]
    [InlineData("^0.2.3", "0.2.9", true)]
    [InlineData("^0.2.3", "0.3.0", false)]
    [InlineData("^0.0.3", "0.0.3", true)]
    [InlineData("^0.0.3", "0.0.4", false)]
    [InlineData("^0", "0.9.9", true)]
    [InlineData("^0", "1.0.0", false)]
    [InlineData("~20.1.2", "20.1.9", true)]
    [InlineData("~20.1.2", "20.2.0", false)]
    [InlineData("~20", "20.9.0", true)]
    [InlineData("~> 20.1", "20.1.5", true)]
    [InlineData(">=18", "24.0.0", true)]
    [InlineData(">= 18", "17.9.9", false)]
    [InlineData(">18", "18.20.8", false)]
    [InlineData(">18", "19.0.0", true)]
    [InlineData(">18.1.1", "18.1.2", true)]
    [InlineData("<20", "19.9.9", true)]
    [InlineData("<20", "20.0.0", false)]
    [InlineData("<=20", "20.20.2", true)]
    [InlineData("<=20.1", "20.2.0", false)]
    [InlineData("18 - 20", "20.20.2", true)]
    [InlineData("18.1.0 - 20.0.0", "20.0.1", false)]
    [InlineData("^18 || >=20.1 <22", "18.20.8", true)]
    [InlineData("^18 || >=20.1 <22", "20.0.0", false)]
    [InlineData("^18 || >=20.1 <22", "22.0.0", false)]
    [InlineData("^18||^20", "20.5.0", true)]
    [InlineData(">=20.0.0-rc.1", "20.0.0", true)]
    [InlineData(">*", "20.0.0", false)]
    public void A_range_holds_what_npm_says_it_does(string range, string version, bool expected) =>
        Assert.Equal(expected, NpmRange.TryParse(range)!.Contains(version));

    [Theory]
    [InlineData("lts/*")]
    [InlineData("latest")]
    [InlineData("20 or so")]
    [InlineData("20.1.2.3")]
    [InlineData("99999999999")]
    public void Other_texts_are_no_range(string text) => Assert.Null(NpmRange.TryParse(text));

    [Fact]
    public void Half_a_version_is_in_no_range() => Assert.False(NpmRange.TryParse("*")!.Contains("20"));
}
