using Nua.Api;
using Nua.Core.Problems;
using Nua.Drivers.Images;
using Nua.Engine.Images;
using Nua.Server.Schedules;
using Nua.Tests.Engine.Deploy;
using Xunit;

namespace Nua.Tests.Server;

public sealed class HousekeepingTests
{
    [Fact]
    public async Task Images_without_a_name_stay_for_the_current_deployment_and_two_to_go_back_to()
    {
        await using var server = await ServerWorld.StartAsync();
        foreach (var version in new[] { "1.0", "2.0", "3.0", "4.0" })
        {
            server.World.AddImage(version);
            await server.DeployAsync($"notes:{version}");
        }

        var oldest = server.World.Images.Unname("nua-notes:1.0");
        server.World.Images.Unname("nua-notes:2.0");
        var done = await new Housekeeping(server.Plane).CleanUpAsync(downloads: false, ServerWorld.Cancellation);

        Assert.Equal([$"Removed the image {oldest.Id}, which lost its name to a newer one."], done.Actions);
    }

    [Fact]
    public async Task Downloads_of_builds_go_when_asked_for_and_what_may_be_others_stays()
    {
        await using var server = await ServerWorld.StartAsync();
        var layer = new CachedPart("l1", 20_000_000, IsDownloads: false);
        server.BuildCache.Parts.Add(new CachedPart("d1", 5_000_000, IsDownloads: true));
        server.BuildCache.Parts.Add(layer);
        var housekeeping = new Housekeeping(server.Plane);

        var kept = await housekeeping.CleanUpAsync(downloads: false, ServerWorld.Cancellation);
        var done = await housekeeping.CleanUpAsync(downloads: true, ServerWorld.Cancellation);

        Assert.Empty(kept.Actions);
        Assert.Contains("5.0 MB: 'nua server cleanup --build-cache'", kept.Kept![0], StringComparison.Ordinal);
        Assert.Equal(["Removed d1 of what builds keep: downloads, 5.0 MB."], done.Actions);
        Assert.Contains("20.0 MB: 'docker builder prune'", Assert.Single(done.Kept!), StringComparison.Ordinal);
        Assert.Equal([layer], server.BuildCache.Parts);
    }

    [Fact]
    public async Task Folders_sent_to_an_earlier_server_go_and_those_sent_to_this_one_stay()
    {
        await using var server = await ServerWorld.StartAsync();
        var uploads = Directory.CreateDirectory(Path.Combine(server.Home.State, "uploads"));
        var old = uploads.CreateSubdirectory(new string('a', 64));
        var current = uploads.CreateSubdirectory(new string('b', 64));
        Directory.SetLastWriteTimeUtc(old.FullName, server.Plane.StartedAt.UtcDateTime.AddSeconds(-1));
        Directory.SetLastWriteTimeUtc(current.FullName, server.Plane.StartedAt.UtcDateTime.AddSeconds(1));

        var done = await new Housekeeping(server.Plane).CleanUpAsync(downloads: false, ServerWorld.Cancellation);

        Assert.Equal(["Removed 1 sent folders that nobody used."], done.Actions);
        Assert.Equal([current.FullName], Directory.GetDirectories(uploads.FullName));
    }

    [Fact]
    public void What_a_killed_server_left_is_named_and_gone()
    {
        var folder = Directory.CreateTempSubdirectory("nua-house-");
        var home = NuaHome.Under(folder.FullName);
        var build = Directory.CreateDirectory(Path.Combine(home.State, "scratch", "nua-build-1")).FullName;

        var inMemory = ScratchFolder.CreateInMemory(Path.Combine(home.State, "scratch"), bytes: 0)!.CreateSubdirectory("root").FullName;

        var scratch = Nua.Server.House.EmptyScratch(home);
        var again = Nua.Server.House.EmptyScratch(home);
        folder.Delete(recursive: true);

        Assert.Equal([$"Removed {inMemory}, which a build left.", $"Removed {build}, which a build left."], scratch.Left);
        Assert.False(Directory.Exists(Path.GetDirectoryName(inMemory)));
        Assert.Empty(again.Left);
    }

    [Fact]
    public void A_scratch_folder_that_cannot_be_emptied_is_a_problem_that_names_it()
    {
        var folder = Directory.CreateTempSubdirectory("nua-house-");
        var home = NuaHome.Under(folder.FullName);
        Directory.CreateDirectory(home.State);
        var scratch = Path.Combine(home.State, "scratch");
        File.WriteAllText(scratch, "in the way");

        var refusal = Assert.Throws<NuaException>(() => Nua.Server.House.EmptyScratch(home)).Problem;
        folder.Delete(recursive: true);

        Assert.Equal("server.scratch-unusable", refusal.Code);
        Assert.Contains(scratch, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_that_no_request_came_to_name_are_forgotten()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.Vault.Age = TimeSpan.FromHours(2);
        await server.Plane.Instances.TakeValues.TakeAsync(DeployWorld.WishOf(["MY_TOKEN=orphan"]), ServerWorld.Cancellation);

        var cleanup = await server.Client.CleanUpAsync(downloads: false, ServerWorld.Cancellation);

        Assert.Contains("Forgot kept values of notes that nothing uses any more: 1.", cleanup.Actions);
    }
}
