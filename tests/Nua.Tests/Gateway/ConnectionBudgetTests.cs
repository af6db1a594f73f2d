using Nua.Gateway.Visitors;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class ConnectionBudgetTests
{
    [Theory]
    [InlineData(20_000L, 2, 4984)]
    [InlineData(1024L, 1, 480)]
    [InlineData(256L, 2, 64)]
    [InlineData(null, 1, 100_000)]
    public void Visitors_leave_the_gateway_files_of_its_own(long? files, int doors, int expected) =>
        Assert.Equal(expected, ConnectionBudget.For(files, doors));

    [Theory]
    [InlineData("Max open files            1024                 524288               files", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files", null)]
    [InlineData("Max processes             1024                 524288               processes", null)]
    public void The_limit_is_read_from_what_the_system_says(string line, long? expected) =>
        Assert.Equal(expected, ConnectionBudget.FileLimit(["Limit  Soft Limit  Hard Limit  Units", line]));
}
