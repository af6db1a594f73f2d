using Nua.Core.Names;
using Nua.Engine.Deploy;
using Nua.Engine.State;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Wherever Nua dies while an instance moves into a shared server, changes or leaves it, it ends in the old world or the new one.</summary>
public sealed class SharedServerCrashTests
{
    private static readonly InstanceName Wiki = InstanceName.Parse("wiki");

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task The_first_who_shares_leaves_no_server_behind_or_lives_in_it() => await AtEveryWriteAsync(
        world => world.ShareAsync(),
        prepare: _ => Task.CompletedTask,
        world => Assert.Equal(
            world.Runtime.Running.Contains("nua_notes_app_1") ? (2, 2, 2, 1) : (0, 0, 0, 0),
            (world.Runtime.Running.Count, world.Runtime.Networks.Count, world.Runtime.Volumes.Count, world.Server.Tenants.Count)));

    [Fact]
    public async Task The_second_who_shares_leaves_nothing_in_the_server_or_lives_in_it() => await AtEveryWriteAsync(
        world => world.ShareAsync(),
        prepare: world => world.ShareAsync("wiki"),
        world =>
        {
            Assert.Contains("nua_wiki_app_1", world.Runtime.Running);
            Assert.Equal(
                world.Runtime.Running.Contains("nua_notes_app_1") ? (3, 3, 3, 2) : (2, 2, 2, 1),
                (world.Runtime.Running.Count, world.Runtime.Networks.Count, world.Runtime.Volumes.Count, world.Server.Tenants.Count));
        });

    [Fact]
    public async Task One_who_comes_back_finds_its_database_whatever_happens() => await AtEveryWriteAsync(
        world => world.ShareAsync(),
        prepare: async world =>
        {
            await world.ShareAsync();
            await world.RunAsync(new DestroyInstance(world.Seams), new DestroyRequest(DeployWorld.Notes));
        },
        world => Assert.Single(world.Server.Tenants));

    [Fact]
    public async Task A_rotation_ends_with_an_app_that_the_server_lets_in() => await AtEveryWriteAsync(
        world => world.RotateAsync("DB_PASSWORD"),
        prepare: world => world.ShareAsync(),
        world => Assert.Contains("nua_shared-fake-sql-2_app_1", world.Runtime.Running));

    [Fact]
    public async Task One_who_is_destroyed_with_its_data_is_there_with_its_database_or_gone_with_it() => await AtEveryWriteAsync(
        world => world.RunAsync(
            new DestroyInstance(world.Seams), new DestroyRequest(DeployWorld.Notes, WithData: true, AcceptDataLoss: true)),
        prepare: async world =>
        {
            await world.ShareAsync("wiki");
            await world.ShareAsync();
        },
        world => Assert.Equal(world.Runtime.Running.Contains("nua_notes_app_1") ? 2 : 1, world.Server.Tenants.Count));

    private static async Task AtEveryWriteAsync(Func<DeployWorld, Task> change, Func<DeployWorld, Task> prepare, Action<DeployWorld> assert)
    {
        var counted = new DeployWorld();
        await prepare(counted);
        var before = counted.Log.Writes;
        await change(counted);
        Assert.Empty(counted.Bugs);
        assert(counted);

        for (var write = 1; write <= counted.Log.Writes - before; write++)
        {
            var world = new DeployWorld();
            await prepare(world);
            world.Log.DieAtWrite = world.Log.Writes + write;
            await change(world);
            await world.Runner.WhenIdleAsync();

            await world.RestartAsync();

            Assert.Empty(await world.Log.UnfinishedAsync(Cancellation));
            Assert.Empty(world.Bugs);
            assert(world);
            await AssertLetsInAsync(world, DeployWorld.Notes);
            await AssertLetsInAsync(world, Wiki);
        }
    }

    /// <summary>An app that is to run does, reaches the server and has the password that it takes.</summary>
    private static async Task AssertLetsInAsync(DeployWorld world, InstanceName name)
    {
        if (await world.Journal.FindAsync(name, Cancellation) is not { Desired: DesiredState.Started } record)
        {
            Assert.Empty(world.Runtime.GuestsOf($"nua_{name}"));
            return;
        }

        var app = world.Runtime.SpecOf($"nua_{name}_app_{record.Deployment}");
        Assert.Contains(app.Id.Value, world.Runtime.Running);
        Assert.Equal(app.Secrets["DB_PASSWORD"], world.Server.Tenants[app.Environment["DB_USER"]].Password);
        Assert.Equal(["nua_shared-fake-sql-2_app_1 as database"], world.Runtime.GuestsOf($"nua_{name}"));
    }
}
