using Docker.DotNet.Models;
using Nua.Drivers.Runtimes.Docker;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Drivers.Runtimes;

public sealed class ContainerUseTests
{
    [Theory]
    [InlineData("inactive_file", 1000ul, "anon", 5ul)]
    [InlineData("inactive_file", 10ul, "total_inactive_file", 1000ul)]
    public void Files_that_are_only_kept_at_hand_are_no_use(string name, ulong bytes, string other, ulong more) => Assert.Equal(
        new WorkloadUse(9000, 64_000, TimeSpan.FromMilliseconds(1.5), 3),
        ContainerUse.Of(Stats(new MemoryStats
        {
            Usage = 10_000,
            Limit = 64_000,
            Stats = new Dictionary<string, ulong> { [name] = bytes, [other] = more },
        })));

    [Fact]
    public void More_at_hand_than_there_is_uses_nothing() => Assert.Equal(0, ContainerUse.Of(Stats(new MemoryStats
    {
        Usage = 10,
        Stats = new Dictionary<string, ulong> { ["inactive_file"] = 20 },
    }))!.MemoryBytes);

    [Fact]
    public void What_does_not_run_uses_nothing() => Assert.Null(ContainerUse.Of(Stats(new MemoryStats())));

    private static ContainerStatsResponse Stats(MemoryStats memory) => new()
    {
        MemoryStats = memory,
        CPUStats = new CPUStats { CPUUsage = new CPUUsage { TotalUsage = 1_500_000 } },
        PidsStats = new PidsStats { Current = 3 },
    };
}
