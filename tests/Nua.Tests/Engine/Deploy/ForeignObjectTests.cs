using Nua.Core.Names;
using Nua.Engine.Deploy;
using Nua.Engine.Runtimes;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Objects of others on the same engine, made by chance as near to ours as can be, through a whole life, crashes included.</summary>
public sealed class ForeignObjectTests
{
    private const int Rounds = 60;

    /// <summary>Names that we may want, and one that begins like ours.</summary>
    private static readonly string[] Names =
    [
        "nua_notes", "nua_notes_app_1", "nua_notes_app_2", "nua_notes_database_1", "nua_notes_database-data", "nua_notes_uploads", "nua2_notes",
    ];

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task What_is_foreign_stays_as_it_is()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var chance = new Random(seed);
            var world = new DeployWorld();
            var others = await MakeOthersAsync(world.Runtime, chance);
            var before = await ShowAsync(others);

            await LiveAsync(world, chance);

            Assert.Equal($"seed {seed}\n{before}", $"seed {seed}\n{await ShowAsync(others)}");
        }
    }

    /// <summary>Things a server does, in an order that chance decides; some of them are refused, and some are interrupted.</summary>
    private static async Task LiveAsync(DeployWorld world, Random chance)
    {
        world.AddImage("1.1");
        var request = new InstanceRequest(DeployWorld.Notes);
        for (var deed = 0; deed < 8; deed++)
        {
            world.Log.DieAtWrite = chance.Next(4) == 0 ? world.Log.Writes + chance.Next(1, 15) : 0;
            _ = chance.Next(7) switch
            {
                0 => await world.RunAsync(new StopInstance(world.Seams), request),
                1 => await world.RunAsync(new StartInstance(world.Seams), request),
                2 => await world.RunAsync(new RestartInstance(world.Seams), request),
                3 => await world.RunAsync(new DestroyInstance(world.Seams), new DestroyRequest(DeployWorld.Notes)),
                4 => await world.RunAsync(
                    new DestroyInstance(world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true, AcceptDataLoss: true)),
                var version => await world.DeployAsync(version == 5 ? "1.0" : "1.1"),
            };
            await world.RestartAsync();
        }
    }

    /// <summary>Two further servers, one of which bears a name that begins like ours.</summary>
    private static async Task<IReadOnlyList<IRuntimeDriver>> MakeOthersAsync(InMemoryRuntime engine, Random chance)
    {
        IReadOnlyList<InMemoryRuntime> others = [engine.Of("nua2"), engine.Of("other")];
        foreach (var (index, other) in others.Index())
        {
            var owner = new Ownership(index == 0 ? "nua2" : "other", InstanceName.Parse("notes"), "op-1", "app");
            foreach (var name in Names.Where(_ => chance.Next(4) == 0))
            {
                await IgnoringAsync(() => other.EnsureNetworkAsync(new NetworkSpec(name, owner), Cancellation));
                await IgnoringAsync(() => other.EnsureVolumeAsync(new VolumeSpec(name, owner), Cancellation));
                await IgnoringAsync(() => other.StartAsync(
                    new WorkloadSpec { Id = new WorkloadId(name), Owner = owner, Image = "tiny:1", Command = ["sleep", "600"] }, Cancellation));
            }
        }

        return others;
    }

    /// <summary>The other of the others may have the name already.</summary>
    private static async Task IgnoringAsync(Func<Task> make) => await Record.ExceptionAsync(make);

    private static async Task<string> ShowAsync(IReadOnlyList<IRuntimeDriver> others)
    {
        var shown = new List<string>();
        foreach (var other in others)
        {
            var inventory = await other.ListAsync(Cancellation);
            shown.AddRange(inventory.Workloads.Select(workload => $"{workload}"));
            shown.AddRange(inventory.Networks.Concat(inventory.Volumes).Select(one => $"{one}"));
        }

        return string.Join('\n', shown.Order(StringComparer.Ordinal));
    }
}
