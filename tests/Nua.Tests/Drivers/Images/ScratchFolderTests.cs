using System.Diagnostics;
using Nua.Drivers.Images;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class ScratchFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("nua-scratch-");

    [Fact]
    public async Task What_still_works_in_there_is_ended_and_named_and_its_neighbours_are_not()
    {
        var place = _parent.CreateSubdirectory("scratch").FullName;
        var work = ScratchFolder.Create(place, "nua-build-").FullName;
        using var inside = Start(work);
        using var outside = Start(place + "-of-another");

        var done = ScratchFolder.Remove(place);
        await inside.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [$"Ended sleep (process {inside.Id}), which built for a server that is gone.", $"Removed {work}, which a build left."],
            done);
        Assert.False(Directory.Exists(place));
        Assert.False(outside.HasExited);
        outside.Kill();
    }

    [Fact]
    public void Memory_that_somebody_else_may_have_taken_is_not_used()
    {
        var place = Path.Combine(_parent.FullName, "scratch");

        var folder = ScratchFolder.CreateInMemory(place, bytes: 0);
        var again = ScratchFolder.CreateInMemory(place, bytes: 0);
        ScratchFolder.RemoveInMemory(place);

        Assert.StartsWith("/dev/shm/nua-", folder!.FullName, StringComparison.Ordinal);
        Assert.Null(again);
        Assert.False(Directory.Exists(folder.FullName));
        Assert.Null(ScratchFolder.CreateInMemory(place, long.MaxValue));
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private static Process Start(string work)
    {
        var start = new ProcessStartInfo("sleep", ["600"]) { UseShellExecute = false };
        start.Environment[ScratchFolder.Variable] = work;
        return Process.Start(start)!;
    }
}
