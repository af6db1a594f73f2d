using Nua.Cli;
using Xunit;

namespace Nua.Tests.Cli;

public sealed class DurationTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("3d", 259_200)]
    public void A_length_of_time_is_a_number_and_a_unit(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.TryParse(text));

    [Theory]
    [InlineData("99999999d")]
    [InlineData("99999999999999999999999999s")]
    [InlineData("10")]
    [InlineData("d")]
    [InlineData("1w")]
    public void What_nobody_can_count_back_is_none(string text) => Assert.Null(Durations.TryParse(text));
}
