using Nua.Engine.Deploy;
using Nua.Engine.State;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>What a <c>[[volume]]</c> says is what the engine is asked for (nua-config.md, volumes).</summary>
public sealed class VolumeTests
{
    private readonly DeployWorld _world = new();

    [Theory]
    [InlineData("type = \"tmpfs\"\noptions = { tmpfs_size = \"64M\", tmpfs_mode = 0o1770 }", "OfMemory { Target = /x, ReadOnly = False, SizeBytes = 67108864, Mode = 1016 }")]
    [InlineData("type = \"tmpfs\"\noptions = { tmpfs_size = \"64MiB\", tmpfs_mode = \"700\" }", "OfMemory { Target = /x, ReadOnly = False, SizeBytes = 67108864, Mode = 448 }")]
    [InlineData("type = \"tmpfs\"", "OfMemory { Target = /x, ReadOnly = False, SizeBytes = 0, Mode = 0 }")]
    [InlineData("type = \"directory\"\nname = \"/srv/x\"\noptions = { read-only = true }", "OfDirectory { Target = /x, ReadOnly = True, HostPath = /srv/x }")]
    [InlineData("name = \"x\"\noptions = { read-only = true }", "OfVolume { Target = /x, ReadOnly = True, Volume = nua_notes_x }")]
    [InlineData("name = \"x\"", "OfVolume { Target = /x, ReadOnly = False, Volume = nua_notes_x }")]
    public async Task A_mount_is_what_the_volume_says(string volume, string mount)
    {
        _world.AddImage("1.1", $"[[volume]]\ntarget = \"/x\"\n{volume}");

        Assert.Null((await _world.DeployAsync("1.1")).Problem);

        Assert.Contains(mount, _world.Runtime.SpecOf("nua_notes_app_1").Mounts.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("type = \"directory\"\nname = \"/srv/x\"")]
    [InlineData("name = \"x\"\noptions = { type = \"none\", o = \"bind\", device = \"/srv/x\" }")]
    public async Task Another_folder_of_the_host_is_an_administrators_to_give(string volume)
    {
        _world.AddImage("1.1", $"[[volume]]\ntarget = \"/x\"\n{volume}");
        var byOthers = new DeployRequest("nua-notes:1.1", DeployWorld.Notes) { NoNewHostFolders = true };

        var refused = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), byOthers);
        var given = await _world.DeployAsync("1.1");
        _world.AddImage("1.2", $"[[volume]]\ntarget = \"/x\"\n{volume}");
        var again = await _world.RunAsync(new DeployInstance(_world.Seams, _world.Runner), byOthers with { Image = "nua-notes:1.2" });

        Assert.Equal("deploy.host-folder-consent", refused.Problem!.Code);
        Assert.Equal((null, null), (given.Problem, again.Problem));
    }

    [Theory]
    [InlineData("options = { type = \"nfs\", o = \"addr=192.0.2.1,rw\", device = \":/export\" }", "local", "type=nfs o=addr=192.0.2.1,rw device=:/export")]
    [InlineData("driver = \"vieux/sshfs\"\noptions = { sshcmd = \"files@192.0.2.1:/srv\", IdentityFile = \"/keys/id\" }", "vieux/sshfs", "sshcmd=files@192.0.2.1:/srv IdentityFile=/keys/id")]
    [InlineData("options = { tmpfs_size = \"10G\", tmpfs_mode = \"1777\", read-only = true }", "local", "")]
    public async Task A_driver_gets_its_own_options_as_they_are_written_and_none_of_Nuas(string volume, string driver, string options)
    {
        _world.AddImage("1.1", $"[[volume]]\nname = \"x\"\ntarget = \"/x\"\n{volume}");

        Assert.Null((await _world.DeployAsync("1.1")).Problem);

        var made = (await VolumesAsync()).Single(one => one.Role == "x");
        Assert.Equal((driver, options), (made.Driver, string.Join(' ', made.Options.Select(option => $"{option.Key}={option.Value}"))));
    }

    [Fact]
    public async Task A_volume_that_was_made_otherwise_is_refused_rather_than_used_as_it_is()
    {
        _world.AddImage("1.1", "[[volume]]\nname = \"x\"\ntarget = \"/x\"\noptions = { type = \"nfs\", o = \"addr=192.0.2.1\", device = \":/a\" }");
        _world.AddImage("1.2", "[[volume]]\nname = \"x\"\ntarget = \"/x\"\noptions = { type = \"nfs\", o = \"addr=192.0.2.1\", device = \":/b\" }");
        _world.AddImage("1.3", "[[volume]]\nname = \"x\"\ntarget = \"/x\"");
        await _world.DeployAsync("1.1");

        Assert.Equal("deploy.volume-made-otherwise", (await _world.DeployAsync("1.2")).Problem!.Code);
        Assert.Equal("deploy.volume-made-otherwise", (await _world.DeployAsync("1.3")).Problem!.Code);
        Assert.Null((await _world.DeployAsync("1.1")).Problem);
    }

    [Fact]
    public async Task A_volume_that_a_version_no_longer_uses_stays()
    {
        _world.AddImage("1.1", "[[volume]]\nname = \"x\"\ntarget = \"/x\"");
        await _world.DeployAsync("1.1");

        await _world.DeployAsync("1.0");

        Assert.Contains("nua_notes_x", _world.Runtime.Volumes);
        Assert.DoesNotContain(_world.Runtime.SpecOf("nua_notes_app_2").Mounts, mount => mount.Target == "/x");
    }

    private async Task<IReadOnlyList<VolumePlan>> VolumesAsync() =>
        (await _world.Journal.DeploymentAsync(DeployWorld.Notes, 1, DeployWorld.Cancellation))!.Volumes;
}
