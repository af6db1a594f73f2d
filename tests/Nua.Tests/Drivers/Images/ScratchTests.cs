using System.Diagnostics;
using Nua.Drivers.Images.Distro;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class ScratchTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("nua-scratch-");

    [Fact]
    public void What_a_process_left_that_is_gone_is_removed()
    {
        var dead = Leave(int.MaxValue);
        var own = Scratch.Make(_parent.FullName).FullName;
        var foreign = Directory.CreateDirectory(Path.Combine(_parent.FullName, "other")).FullName;

        Scratch.Prune(_parent.FullName, "/nowhere");

        Assert.Equal((false, true, true), (Directory.Exists(dead), Directory.Exists(own), Directory.Exists(foreign)));
    }

    [Fact]
    public void What_a_program_still_works_in_stays()
    {
        var folder = Leave(int.MaxValue);
        using var orphan = Process.Start(new ProcessStartInfo("sleep", ["60"]) { Environment = { ["TMPDIR"] = folder } })!;

        Scratch.Prune(_parent.FullName);

        orphan.Kill();
        orphan.WaitForExit();
        Assert.True(Directory.Exists(folder));
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private string Leave(int process)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_parent.FullName, $"nua-base-{process}-0"));
        File.WriteAllText(Path.Combine(folder.FullName, "some"), "thing");
        return folder.FullName;
    }
}
