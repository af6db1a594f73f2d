using Nua.Core.Packages;
using Nua.Core.Problems;
using Xunit;

namespace Nua.Tests.Core.Packages;

public sealed class PackageLocatorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nua-locator-").FullName;

    [Fact]
    public void The_folder_comes_before_nua_and_nua_before_metadata()
    {
        Write("app/nua/metadata/nua-config.json");
        Assert.Equal("app/nua/metadata/nua-config.json", Find("app"));

        Write("app/nua/nua-config.yml");
        Assert.Equal("app/nua/nua-config.yml", Find("app"));

        Write("app/nua-config.yml");
        Assert.Equal("app/nua-config.yml", Find("app"));
    }

    [Fact]
    public void Json_comes_before_toml_before_yaml_before_yml()
    {
        foreach (var ending in (string[])["yml", "yaml", "toml", "json"])
        {
            Write($"app/nua-config.{ending}");
            Assert.Equal($"app/nua-config.{ending}", Find("app"));
        }
    }

    [Theory]
    [InlineData("app/nua")]
    [InlineData("app/nua/")]
    [InlineData("app/nua/metadata")]
    public void The_nua_folder_belongs_to_the_project_above_it(string given)
    {
        Write("app/nua/metadata/nua-config.toml");

        var found = PackageLocator.Find(Path.Combine(_folder, given));

        Assert.Equal(Path.Combine(_folder, "app"), found.Root);
        Assert.Equal(Path.Combine(_folder, "app", "nua"), found.NuaFolder);
    }

    [Theory]
    [InlineData("nua/.git/HEAD")]
    [InlineData("nua/nua/start.py")]
    public void A_project_that_is_itself_called_nua_stays_a_project(string sign)
    {
        Write("nua/nua-config.toml");
        Write(sign);

        Assert.Equal(Path.Combine(_folder, "nua"), PackageLocator.Find(Path.Combine(_folder, "nua")).Root);
    }

    [Fact]
    public void A_file_that_is_named_is_the_one_that_is_loaded()
    {
        Write("app/nua-config.json");
        Write("app/nua/nua-config.toml");

        var found = PackageLocator.Find(Path.Combine(_folder, "app/nua/nua-config.toml"));

        Assert.Equal(Path.Combine(_folder, "app/nua/nua-config.toml"), found.Path);
        Assert.Equal(Path.Combine(_folder, "app"), found.Root);
    }

    [Theory]
    [InlineData("", "package.not-found")]
    [InlineData("nowhere", "package.no-such-file")]
    public void What_is_not_there_is_a_problem_with_a_hint(string given, string code)
    {
        var refusal = Assert.Throws<NuaException>(() => PackageLocator.Find(Path.Combine(_folder, given)));

        Assert.Equal((code, ProblemKind.NotFound), (refusal.Problem.Code, refusal.Problem.Kind));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Find(string folder) => Path.GetRelativePath(_folder, PackageLocator.Find(Path.Combine(_folder, folder)).Path);

    private void Write(string path)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
    }
}
