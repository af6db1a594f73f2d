using System.Diagnostics;
using System.Globalization;
using Nua.Core.Names;
using Nua.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>What it costs to look after many instances when nothing is wrong, which is nearly always.</summary>
public sealed class ReconcileCostTests
{
    [Fact]
    public async Task A_pass_asks_the_engine_as_often_for_many_as_for_one()
    {
        var (one, many) = (await WorldOfAsync(1), await WorldOfAsync(12));

        Assert.Equal(await CallsOfAsync(one), await CallsOfAsync(many));
    }

    /// <summary>Figures for bench/run, which asks for it by name: how long a pass takes where no engine is asked.</summary>
    [Fact(Explicit = true)]
    public async Task Figures()
    {
        foreach (var instances in new[] { 1, 10, 50, 1000 })
        {
            var world = await WorldOfAsync(instances);
            var reconciler = ReconcilerOf(world);
            await reconciler.PassAsync(DeployWorld.Cancellation);
            var (began, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
            await reconciler.PassAsync(DeployWorld.Cancellation);
            var took = Stopwatch.GetElapsedTime(began);
            var bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{instances} instances: {took.TotalMicroseconds:F0} us, {bytes / 1024} kB allocated"));
        }
    }

    private static async Task<IReadOnlyList<string>> CallsOfAsync(DeployWorld world)
    {
        var before = world.Runtime.Calls.Count;
        Assert.Empty(await ReconcilerOf(world).PassAsync(DeployWorld.Cancellation));
        return [.. world.Runtime.Calls.Skip(before)];
    }

    private static Reconciler ReconcilerOf(DeployWorld world) => new(world.Seams, world.Runner, world.Log);

    private static async Task<DeployWorld> WorldOfAsync(int instances)
    {
        var world = new DeployWorld();
        for (var number = 1; number <= instances; number++)
        {
            var request = new DeployRequest("nua-notes:1.0", InstanceName.Parse($"notes-{number}"), Domain: null);
            Assert.Null((await world.RunAsync(new DeployInstance(world.Seams, world.Runner), request)).Problem);
        }

        return world;
    }
}
