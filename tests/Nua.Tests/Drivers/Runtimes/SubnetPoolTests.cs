using System.Net;
using Nua.Drivers.Runtimes.Docker;
using Xunit;

namespace Nua.Tests.Drivers.Runtimes;

public sealed class SubnetPoolTests
{
    [Fact]
    public void There_is_a_range_for_a_thousand_networks_and_none_overlaps_another()
    {
        var ranges = SubnetPool.Free([]).ToList();

        Assert.Equal(1024, ranges.Count);
        Assert.Equal("10.83.0.0/26 10.83.0.64/26 10.83.255.192/26", $"{ranges[0]} {ranges[1]} {ranges[^1]}");
        Assert.Equal(1024, ranges.Select(range => range.BaseAddress).Distinct().Count());
    }

    [Theory]
    [InlineData("10.83.0.0/16", 0)]
    [InlineData("10.0.0.0/8", 0)]
    [InlineData("10.83.7.0/24", 1020)]
    [InlineData("10.83.0.70/32", 1023)]
    [InlineData("192.168.0.0/16", 1024)]
    public void What_overlaps_with_what_is_taken_is_left_out(string taken, int left) =>
        Assert.Equal(left, SubnetPool.Free([IPNetwork.Parse(taken)]).Count());

    [Fact]
    public void The_loopback_range_is_one_that_this_machine_is_in() =>
        Assert.Contains(SubnetPool.OfThisMachine(), range => range.Contains(IPAddress.Loopback));
}
