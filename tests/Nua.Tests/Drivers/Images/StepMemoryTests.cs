using Nua.Drivers.Images.Docker;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class StepMemoryTests : IDisposable
{
    private readonly DirectoryInfo _groups = Directory.CreateTempSubdirectory("nua-groups-");

    [Theory]
    [InlineData("memory/docker/buildkit", "memory.limit_in_bytes")]
    [InlineData("docker/buildkit", "memory.max")]
    public void The_group_of_all_steps_is_bounded_in_either_version_of_control_groups(string group, string file)
    {
        _groups.CreateSubdirectory(group);

        Assert.Null(new StepMemory(_groups.FullName).Bound(1_000_000, "cgroupfs"));

        Assert.Equal("1000000", File.ReadAllText(Path.Combine(_groups.FullName, group, file)));
    }

    [Fact]
    public void Where_steps_have_no_group_of_their_own_it_says_so()
    {
        Assert.Contains("'systemd'", new StepMemory(_groups.FullName).Bound(1_000_000, "systemd"), StringComparison.Ordinal);
        Assert.Empty(_groups.EnumerateFileSystemInfos());
    }

    public void Dispose() => _groups.Delete(recursive: true);
}
