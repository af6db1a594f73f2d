using System.Diagnostics;
using Nua.Drivers.Processes;
using Xunit;

namespace Nua.Tests.Drivers.Processes;

public sealed class HostProcessTests
{
    [Fact]
    public async Task A_program_that_leaves_another_behind_has_ended_all_the_same()
    {
        var lines = new List<string>();
        var watch = Stopwatch.StartNew();

        var code = await HostProcess.RunAsync(
            new HostCommand("/bin/sh", "-c", "echo said; sleep 60 & exit 3"), lines.Add, TestContext.Current.CancellationToken);

        Assert.Equal((3, "said"), (code, Assert.Single(lines)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
    }
}
