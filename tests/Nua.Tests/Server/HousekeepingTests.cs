using Nua.Api;
using Nua.Core.Problems;
using Nua.Server.Schedules;
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
        var done = await new Housekeeping(server.Plane).CleanUpAsync(ServerWorld.Cancellation);

        Assert.Equal([$"Removed the image {oldest.Id}, which lost its name to a newer one."], done.Actions);
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
}
