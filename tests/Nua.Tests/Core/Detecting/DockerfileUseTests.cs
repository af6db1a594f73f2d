using Nua.Cli.Packing;
using Nua.Core.Detecting;
using Nua.Core.Packages;
using Nua.Engine.Build.Sources;
using Xunit;

namespace Nua.Tests.Core.Detecting;

public sealed class DockerfileUseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-use-");

    [Theory]
    [InlineData("Dockerfile", true)]
    [InlineData(" docker ", true)]
    [InlineData("dockerfile-1", true)]
    [InlineData("node20", false)]
    public void A_name_asks_for_it_however_it_is_written(string name, bool builds)
    {
        Assert.Equal(builds, DockerfileUse.Builds(new BuildSection { Builder = new BuilderChoice(name) }, []));
        Assert.Equal(builds, DockerfileUse.Builds(new BuildSection { Builders = [new BuilderChoice(name)] }, []));
    }

    [Fact]
    public void An_image_to_wrap_comes_before_it()
    {
        Assert.False(DockerfileUse.Builds(new BuildSection { BaseImage = "x" }, ["Dockerfile"]));
        Assert.True(DockerfileUse.Builds(new BuildSection { BaseImage = "x", Method = BuildMethod.Build }, ["Dockerfile"]));
    }

    [Theory]
    [InlineData("", null, "Dockerfile", "nua/nua-config.toml")]
    [InlineData("nua", null, "Dockerfile", "nua/nua-config.toml")]
    [InlineData("nua", "Dockerfile", "Dockerfile", "nua/notes.md")]
    [InlineData("", "nua/Dockerfile", "Dockerfile", "nua/Dockerfile")]
    [InlineData("", "Dockerfile", "Dockerfile", "nua-config.toml")]
    public void Who_sends_a_package_sees_what_its_builder_sees(string ignored, string? expected, params string[] files)
    {
        foreach (var file in files)
        {
            Write(file, "");
        }

        Write(".dockerignore", ignored);

        Assert.Equal(expected, DockerfileUse.FileIn(PackageFolder.List(_folder.FullName).Paths));
        Assert.Equal(expected, DockerfileUse.FileIn(SourceFolder.Scan(_folder.FullName, TestContext.Current.CancellationToken).Sent));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
