using System.Globalization;
using Nua.Core.Quantities;
using Xunit;

namespace Nua.Tests.Core.Quantities;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("0", 0)]
    [InlineData("4", 4)]
    [InlineData("5 s", 5)]
    [InlineData("2 h", 7200)]
    [InlineData("10min", 600)]
    [InlineData("3d", 259_200)]
    [InlineData("30 min", 1800)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5h", 5400)]
    [InlineData("2w", 1_209_600)]
    [InlineData(" 6H ", 21_600)]
    [InlineData("daily", 86_400)]
    public void A_length_of_time_is_read_as_people_write_it(string? text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("5 parsecs")]
    [InlineData("-5s")]
    [InlineData("5  s")]
    [InlineData("1e3")]
    [InlineData("999999999999999w")]
    [InlineData("5 daily")]
    public void What_is_no_length_of_time_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.25, "250ms")]
    [InlineData(90, "90s")]
    [InlineData(600, "10min")]
    [InlineData(86_400, "24h")]
    [InlineData(604_800, "7d")]
    public void A_length_of_time_is_written_so_that_it_reads_back(double seconds, string text)
    {
        Assert.Equal(text, Duration.Format(TimeSpan.FromSeconds(seconds)));
        Assert.True(Duration.TryParse(text, out var again));
        Assert.Equal(seconds, again.TotalSeconds);
    }

    [Theory]
    [InlineData(null, "0")]
    [InlineData("", "0")]
    [InlineData("0", "0")]
    [InlineData("4", "4")]
    [InlineData("1 kb", "1024")]
    [InlineData("2 K", "2048")]
    [InlineData("2.5 K", "2560")]
    [InlineData("10 Mb", "10485760")]
    [InlineData("2.0 GB", "2147483648")]
    [InlineData("1t", "1099511627776")]
    [InlineData("16GiB", "17179869184")]
    [InlineData("100b", "100")]
    public void A_number_of_bytes_is_read_as_people_write_it(string? text, string bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(long.Parse(bytes, CultureInfo.InvariantCulture), size);
    }

    [Theory]
    [InlineData("much")]
    [InlineData("5 x")]
    [InlineData("-1")]
    [InlineData("99999999999p")]
    [InlineData("1 ib")]
    public void What_is_no_number_of_bytes_is_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));
}
