using Nua.Api;
using Nua.Cli.Targets;
using Nua.Core.Problems;
using Xunit;

namespace Nua.Tests.Cli;

public sealed class DeployTargetTests : IDisposable
{
    private const string Config = "[metadata]\nid = \"notes\"\nversion = \"1\"\ntitle = \"Notes\"\nauthor = \"Ann\"\n";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-target-");

    [Fact]
    public void A_folder_and_the_config_in_it_are_a_package()
    {
        var config = Write("nua-config.toml", Config);

        Assert.Equal(new DeployTarget.Package(config), DeployTarget.Of(_folder.FullName));
        Assert.Equal(new DeployTarget.Package(config), DeployTarget.Of(config));
    }

    [Fact]
    public void The_config_that_is_named_is_the_one_though_the_look_up_would_find_another()
    {
        Write("nua-config.json", """{"metadata": {"id": "other", "version": "1", "title": "Other", "author": "Ann"}}""");
        var named = Write("nua-config.toml", Config);

        Assert.Equal(new DeployTarget.Package(named), DeployTarget.Of(named));
    }

    [Fact]
    public void A_file_with_sites_is_a_sites_file_whatever_its_name()
    {
        var file = Write("production.toml", "[[site]]\nimage = \"notes\"\ndomain = \"a.org\"\n[[site]]\nimage = \"notes\"\ndomain = \"b.org\"\n");

        var sites = Assert.IsType<DeployTarget.Sites>(DeployTarget.Of(file));

        Assert.Equal(["a.org", "b.org"], sites.All.Select(site => site.Address.ToString()));
    }

    [Theory]
    [InlineData("guestbook")]
    [InlineData("nua-guestbook:1.0-1")]
    public void What_is_no_path_is_an_image(string name) => Assert.Equal(new DeployTarget.Image(name), DeployTarget.Of(name));

    [Theory]
    [InlineData("./guestbook")]
    [InlineData("missing.toml")]
    [InlineData("/nowhere/at/all")]
    public void What_looks_like_a_path_and_is_not_there_is_said_to_be_missing(string path) =>
        Assert.Equal("cli.no-such-target", Assert.Throws<ApiException>(() => DeployTarget.Of(path)).Problem.Code);

    [Fact]
    public void A_folder_without_a_config_says_how_to_get_one() =>
        Assert.Equal("package.not-found", Assert.Throws<NuaException>(() => DeployTarget.Of(_folder.FullName)).Problem.Code);

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
