using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
using Nua.Engine.State;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Wherever the server dies, its next start ends in the old world or the new one, and nothing is left between.</summary>
public sealed class CrashTests
{
    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public async Task A_first_deploy_converges_from_a_crash_at_any_write()
    {
        var writes = await CountAsync(world => world.DeployAsync(), prepare: null);
        for (var write = 1; write <= writes; write++)
        {
            var world = await CrashAsync(write, world => world.DeployAsync(), prepare: null);

            AssertConverged(world, oldApp: null, newApp: "nua_notes_app_1");
        }
    }

    [Fact]
    public async Task A_redeploy_converges_from_a_crash_at_any_write()
    {
        var writes = await CountAsync(world => world.DeployAsync("1.1"), PrepareAsync);
        for (var write = 1; write <= writes; write++)
        {
            var world = await CrashAsync(write, world => world.DeployAsync("1.1"), PrepareAsync);

            AssertConverged(world, oldApp: "nua_notes_app_1", newApp: "nua_notes_app_2");
        }
    }

    [Fact]
    public async Task A_redeploy_with_a_sub_application_converges_from_a_crash_at_any_write()
    {
        static async Task PrepareAsync(DeployWorld world)
        {
            world.Runtime.HeadStart = TimeSpan.FromMinutes(1);
            world.AddImageWithPart("1.0");
            await world.DeployAsync();
            world.AddImageWithPart("1.1");
        }

        var writes = await CountAsync(world => world.DeployAsync("1.1"), PrepareAsync);
        for (var write = 1; write <= writes; write++)
        {
            var world = await CrashAsync(write, world => world.DeployAsync("1.1"), PrepareAsync);

            var serving = world.Gateway.RouteOf(DeployWorld.Domain)!.Deployment;
            Assert.Equal(
                [$"nua_notes_app_{serving}", "nua_notes_database_1", $"nua_notes_worker_{serving}"],
                world.Runtime.Running.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_destroy_converges_from_a_crash_at_any_write()
    {
        static Task DestroyAsync(DeployWorld world) =>
            world.RunAsync(new DestroyInstance(world.Seams), new DestroyRequest(DeployWorld.Notes));

        var writes = await CountAsync(DestroyAsync, PrepareAsync);
        for (var write = 1; write <= writes; write++)
        {
            var world = await CrashAsync(write, DestroyAsync, PrepareAsync);

            AssertConverged(world, oldApp: "nua_notes_app_1", newApp: null);
            Assert.Equal(2, world.Runtime.Volumes.Count);
        }
    }

    [Fact]
    public async Task A_replacement_converges_from_a_crash_at_any_write_to_one_app_with_its_own_data()
    {
        static async Task PrepareAsync(DeployWorld world)
        {
            await world.DeployAsync();
            world.AddOtherApp();
        }

        var writes = await CountAsync(world => world.ReplaceAsync(), PrepareAsync);
        for (var write = 1; write <= writes; write++)
        {
            var world = await CrashAsync(write, world => world.ReplaceAsync(), PrepareAsync);

            AssertConverged(world, oldApp: "nua_notes_app_1", newApp: "nua_notes_app_2");
            Assert.Equal(
                world.Runtime.Running.Contains("nua_notes_app_1")
                    ? ["nua_notes_database-data", "nua_notes_uploads"]
                    : ["nua_notes_database-data_2", "nua_notes_uploads_2"],
                world.Runtime.Volumes);
        }
    }

    [Fact]
    public async Task Other_values_converge_from_a_crash_at_any_write_to_the_old_ones_or_the_new_and_leave_no_secret_behind()
    {
        static async Task ConfigureAsync(DeployWorld world)
        {
            world.Vault.Age = TimeSpan.FromHours(2);
            await world.ConfigureAsync(["TOKEN=mine", "JSON=mine"]);
        }

        var writes = await CountAsync(ConfigureAsync, PrepareAsync);
        for (var write = 1; write <= writes; write++)
        {
            var world = await CrashAsync(write, ConfigureAsync, PrepareAsync);

            AssertConverged(world, oldApp: "nua_notes_app_1", newApp: "nua_notes_app_2");
            await new KeptValueUse(world.Seams, world.Log).ForgetUnusedAsync(Cancellation);
            var isNew = world.Runtime.Running.Contains("nua_notes_app_2");
            Assert.Equal(
                isNew ? 1 : 0,
                (await world.Vault.ListAsync(Cancellation)).Count(entry => entry.Key.Name.StartsWith("TOKEN", StringComparison.Ordinal)));
            Assert.Equal(isNew, world.Runtime.SpecOf(isNew ? "nua_notes_app_2" : "nua_notes_app_1").Environment["JSON"] == "mine");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rotation_converges_from_a_crash_at_any_write_to_an_app_that_its_server_lets_in(bool takesBoth)
    {
        static Task RotateAsync(DeployWorld world) => world.RotateAsync("DB_PASSWORD");
        async Task PrepareAsync(DeployWorld world)
        {
            world.Supply(new FakeDatabase("2") { TakesBoth = takesBoth });
            await world.DeployAsync();
        }

        var writes = await CountAsync(RotateAsync, PrepareAsync);
        for (var write = 1; write <= writes; write++)
        {
            var world = await CrashAsync(write, RotateAsync, PrepareAsync);

            AssertConverged(world, oldApp: "nua_notes_app_1", newApp: "nua_notes_app_2");
            var serving = world.Runtime.Running.Single(name => name.Contains("_app_"));
            var password = world.Runtime.SpecOf(serving).Secrets["DB_PASSWORD"];
            Assert.True(world.Server.Takes(password), $"killed at write {write}");
            Assert.Equal(password, world.Runtime.SpecOf("nua_notes_database_1").Secrets["DB_PASSWORD"]);
            Assert.DoesNotContain("RemoveAsync nua_notes_database_1", world.Runtime.Calls);
            // What was not taken into use is kept until it is certain that no server knows it.
            var kept = (await world.Vault.ListAsync(Cancellation)).Count(entry => entry.Key.Name.StartsWith("DB_PASSWORD", StringComparison.Ordinal));
            Assert.InRange(kept, serving == "nua_notes_app_2" ? 2 : 1, 2);
        }
    }

    [Fact]
    public async Task Stop_and_restart_converge_from_a_crash_at_any_write()
    {
        static Task StopAsync(DeployWorld world) => world.RunAsync(new StopInstance(world.Seams), new InstanceRequest(DeployWorld.Notes));
        static Task RestartAsync(DeployWorld world) => world.RunAsync(new RestartInstance(world.Seams), new InstanceRequest(DeployWorld.Notes));

        foreach (var change in new Func<DeployWorld, Task>[] { StopAsync, RestartAsync })
        {
            var writes = await CountAsync(change, PrepareAsync);
            for (var write = 1; write <= writes; write++)
            {
                var world = await CrashAsync(write, change, PrepareAsync);

                var wanted = (await world.Journal.FindAsync(DeployWorld.Notes, Cancellation))!.Desired;
                Assert.Equal(wanted is DesiredState.Started ? 2 : 0, world.Runtime.Running.Count);
                Assert.Equal(wanted is DesiredState.Started, world.Gateway.RouteOf(DeployWorld.Domain) is not null);
            }
        }
    }

    [Fact]
    public async Task Pause_and_unpause_converge_from_a_crash_at_any_write()
    {
        static Task PauseAsync(DeployWorld world) => world.RunAsync(new PauseInstance(world.Seams), new InstanceRequest(DeployWorld.Notes));
        static Task UnpauseAsync(DeployWorld world) => world.RunAsync(new UnpauseInstance(world.Seams), new InstanceRequest(DeployWorld.Notes));
        static async Task PreparePausedAsync(DeployWorld world)
        {
            await PrepareAsync(world);
            await PauseAsync(world);
        }

        var changes = new (Func<DeployWorld, Task> Change, Func<DeployWorld, Task> Prepare)[]
        {
            (PauseAsync, PrepareAsync), (UnpauseAsync, PreparePausedAsync),
        };
        foreach (var (change, prepare) in changes)
        {
            var writes = await CountAsync(change, prepare);
            for (var write = 1; write <= writes; write++)
            {
                var world = await CrashAsync(write, change, prepare);

                var runs = (await world.Journal.FindAsync(DeployWorld.Notes, Cancellation))!.Desired is DesiredState.Started;
                Assert.Equal(runs ? (2, 0) : (0, 2), (world.Runtime.Running.Count, world.Runtime.Paused.Count));
                Assert.Equal(!runs, world.Gateway.RouteOf(DeployWorld.Domain)!.Paused);
            }
        }
    }

    private static async Task PrepareAsync(DeployWorld world)
    {
        await world.DeployAsync();
        world.AddImage("1.1");
    }

    private static async Task<int> CountAsync(Func<DeployWorld, Task> change, Func<DeployWorld, Task>? prepare)
    {
        var world = new DeployWorld();
        await (prepare?.Invoke(world) ?? Task.CompletedTask);
        var before = world.Log.Writes;
        await change(world);
        Assert.Empty(world.Bugs);
        return world.Log.Writes - before;
    }

    private static async Task<DeployWorld> CrashAsync(int write, Func<DeployWorld, Task> change, Func<DeployWorld, Task>? prepare)
    {
        var world = new DeployWorld(new InMemoryOperationLog());
        await (prepare?.Invoke(world) ?? Task.CompletedTask);
        world.Log.DieAtWrite = world.Log.Writes + write;
        await change(world);

        await world.RestartAsync();

        Assert.Empty(await world.Log.UnfinishedAsync(Cancellation));
        Assert.Empty(world.Bugs);
        return world;
    }

    /// <summary>What serves is exactly the old app or exactly the new one, with its database; or nothing, where that is the old or new state.</summary>
    private static void AssertConverged(DeployWorld world, string? oldApp, string? newApp)
    {
        var serving = world.Runtime.Running.Where(name => name.Contains("_app_")).ToList();
        Assert.True(serving is [] ? oldApp is null || newApp is null : serving is [var app] && (app == oldApp || app == newApp));
        Assert.Equal(serving.Count == 0 ? 0 : 2, world.Runtime.Running.Count);
        Assert.Equal(serving.Count == 0 ? 0 : 1, world.Runtime.Networks.Count);
        Assert.Equal(serving.Count, world.Gateway.RouteOf(DeployWorld.Domain) is null ? 0 : 1);
        Assert.Null(world.Gateway.CandidateOf(DeployWorld.Domain));
        if (serving.Count == 0 && oldApp is null)
        {
            Assert.Empty(world.Runtime.Volumes);
        }
    }
}
