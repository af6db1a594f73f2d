using Nua.Core.Problems;
using Nua.Engine.Build;
using Nua.Engine.Build.Sources;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>What a package asks for that lies elsewhere, and where in the image it goes.</summary>
public sealed class RemoteSourceTests : IDisposable
{
    private const string Sum = "c9bd99c65cf45fa1d7808855b46abbfa13b24400254d8da5e81dae2965494bb3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-remote-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_the_source_a_plan_says_what_it_is_and_where_it_goes()
    {
        var plan = Planning.Plan(
            $"""
            [build]
            src-url = "https://shop.example/shop-{"{version}"}.tar.gz"
            src-checksum = "{Sum}"
            build = "make"
            [run]
            start = "./shop"
            """);

        var archive = Assert.IsType<RemoteSource.Archive>(plan.Remote);
        Assert.Equal(("src-url", "https://shop.example/shop-1.2.tar.gz", Sum, "shop"), (archive.Key, archive.Url, archive.Checksum, archive.Folder));
        Assert.Contains("/nua/build/shop", plan.Dockerfile, StringComparison.Ordinal);
        Assert.Equal(
            new Decision("source", "the archive https://shop.example/shop-1.2.tar.gz, in /nua/build/shop", "[build] src-url names it"),
            plan.Decisions[0]);
        Assert.Null(plan.Revision);
    }

    [Theory]
    [InlineData("https://git.example/team/galene.git", "galene")]
    [InlineData("https://git.example/team/galene/", "galene")]
    [InlineData("https://git.example/team/nua.git", "nua-source")]
    [InlineData("https://git.example/..", "source")]
    [InlineData("https://git.example/a%20b;c", "a-20b-c")]
    public void A_repository_goes_into_a_folder_of_its_own_name(string url, string folder)
    {
        var plan = Planning.Plan($"[build]\ngit-url = \"{url}\"\ngit-branch = \"v{{version}}\"\n[run]\nstart = \"./x\"\n");

        var git = Assert.IsType<RemoteSource.Git>(plan.Remote);
        Assert.Equal((url, "v1.2", folder), (git.Url, git.Branch, git.Folder));
    }

    [Fact]
    public void What_is_wrapped_needs_no_source()
    {
        var plan = Planning.Plan("[build]\nbase-image = \"x:1\"\nsrc-url = \"https://shop.example/x.tgz\"\n");

        Assert.Null(plan.Remote);
    }

    [Fact]
    public void An_archive_comes_before_a_repository_and_project_may_name_either()
    {
        var both = Planning.Plan("[build]\nsrc-url = \"https://a.example/x.tgz\"\ngit-url = \"https://b.example/y\"\n[run]\nstart = \"x\"\n");
        var project = Planning.Plan("[build]\nproject = \"https://c.example/z.zip\"\n[run]\nstart = \"x\"\n");

        Assert.Equal("src-url", both.Remote!.Key);
        Assert.Equal(("project", "https://c.example/z.zip"), (project.Remote!.Key, project.Remote.Url));
    }

    [Theory]
    [InlineData("feature/x")]
    [InlineData("v1.0")]
    [InlineData("été")]
    [InlineData("0123456789012345678901234567890123456789")]
    public void Names_that_git_has_are_taken(string branch) =>
        Assert.NotNull(Planning.Plan($"[build]\ngit-url = \"https://b.example/y\"\ngit-branch = \"{branch}\"\n[run]\nstart = \"x\"\n").Remote);

    [Theory]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("a..b")]
    [InlineData("a:b")]
    [InlineData("a^{}")]
    [InlineData("refs/heads/*")]
    public void Names_that_git_would_misread_are_refused(string branch)
    {
        var refusal = Assert.Throws<NuaException>(() =>
            Planning.Plan($"[build]\ngit-url = \"https://b.example/y\"\ngit-branch = \"{branch}\"\n[run]\nstart = \"x\"\n"));

        Assert.Equal("build.bad-branch", refusal.Problem.Code);
    }

    [Fact]
    public void Of_the_package_only_its_folder_nua_goes_into_the_build_and_all_of_the_source()
    {
        Write("package/nua-config.toml", "");
        Write("package/README.md", "");
        Write("package/Dockerfile", "");
        Write("package/.dockerignore", "shop/docs\n");
        Write("package/nua/build.py", "");
        Write("tree/package.json", "{ }");
        Write("tree/.babelrc", "");
        Write("tree/node_modules/x/index.js", "");
        Write("tree/docs/a.md", "");

        var source = SourceFolder.Scan(At("package"), Cancellation).WithFetched("shop", At("tree"), Cancellation);

        Assert.Equal(["nua/build.py", "shop/.babelrc", "shop/node_modules/x/index.js", "shop/package.json"], source.Files);
        Assert.Equal("{ }", source.Read("shop/package.json"));
        Assert.Equal("{ }", source.Below("shop")!.Read("package.json"));
        Assert.All(source.Entries.Where(entry => entry.Kind == SourceKind.File), entry => Assert.True(File.Exists(source.PlaceOf(entry))));
        Assert.DoesNotContain("Dockerfile", source.Sent);
    }

    [Fact]
    public async Task The_hash_is_over_what_was_fetched()
    {
        Write("package/nua-config.toml", "");
        Write("tree/a.txt", "1");
        var before = await HashAsync();

        Write("tree/a.txt", "2");

        Assert.NotEqual(before, await HashAsync());
    }

    [Fact]
    public async Task The_context_has_both()
    {
        Write("package/nua/start.py", "s");
        Write("tree/a/b.txt", "b");
        var context = At("context");

        BuildContext.Lay(
            context,
            SourceFolder.Scan(At("package"), Cancellation).WithFetched("shop", At("tree"), Cancellation),
            "source",
            new Dictionary<string, string>(),
            new Dictionary<string, string>(),
            Cancellation);

        Assert.Equal("s", await File.ReadAllTextAsync(Path.Combine(context, "source/nua/start.py"), Cancellation));
        Assert.Equal("b", await File.ReadAllTextAsync(Path.Combine(context, "source/shop/a/b.txt"), Cancellation));
    }

    private Task<string> HashAsync() => ContentHash.OfAsync(
        SourceFolder.Scan(At("package"), Cancellation).WithFetched("shop", At("tree"), Cancellation),
        new Dictionary<string, string>(),
        Cancellation);

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
