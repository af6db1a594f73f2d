using Microsoft.AspNetCore.Http;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Drivers.Sources;
using Nua.Engine.Build.Sources;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Sources;

/// <summary>Sources from a real server: what is fetched, what is not fetched again, and what is refused.</summary>
public sealed class SourceFetcherTests : IAsyncLifetime
{
    private static readonly byte[] Source = Archives.Gzip(Archives.Tar(("shop-1.0/app.py", "print(1)"), ("shop-1.0/lib/x.txt", "x")));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-fetch-");
    private readonly LineLog _log = new();
    private SourceServer _server = null!;
    private SourceFetcher _fetcher = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SourceSettings Settings => new(At("sources"), At("scratch"))
    {
        Limits = new UnpackingLimits(Bytes: 20_000_000, Entries: 1_000),
        Patience = TimeSpan.FromSeconds(20),
    };

    public async ValueTask InitializeAsync()
    {
        _server = await SourceServer.StartAsync();
        _fetcher = new SourceFetcher(Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("xz")]
    [InlineData("zstd")]
    [InlineData("tar")]
    [InlineData("zip")]
    public async Task An_archive_of_every_kind_is_unpacked_without_its_top_folder(string kind)
    {
        (string, string)[] files = [("shop-1.0/app.py", "print(1)"), ("shop-1.0/lib/x.txt", "x")];
        var content = kind switch
        {
            "gzip" => Archives.Gzip(Archives.Tar(files)),
            "tar" => Archives.Tar(files),
            "zip" => Archives.Zip(files),
            _ => await Archives.ThroughAsync(kind, Archives.Tar(files)),
        };

        var fetched = await FetchAsync(_server.Serve("/download", content), Archives.Sum(content));

        Assert.Equal(["app.py", "lib/x.txt"], FilesIn(fetched));
        Assert.Equal($"sha256:{Archives.Sum(content)}", fetched.Revision);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task With_a_checksum_the_second_build_asks_nobody()
    {
        var url = _server.Serve("/shop.tar.gz", Source);
        var first = await FetchAsync(url, Archives.Sum(Source));

        var second = await FetchAsync(url, Archives.Sum(Source));
        var elsewhere = await FetchAsync(_server.UrlOf("/not-there"), Archives.Sum(Source));

        Assert.Equal(first, second);
        Assert.Equal(first, elsewhere);
        Assert.Equal(["/shop.tar.gz"], _server.Requests);
    }

    [Fact]
    public async Task Without_a_checksum_the_server_is_asked_whether_it_changed()
    {
        var sends = 0;
        var content = Source;
        _server.Answer("/shop.tar.gz", async context =>
        {
            context.Response.Headers.ETag = $"\"{content.Length}\"";
            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
            sends++;
        });
        var first = await FetchAsync(_server.UrlOf("/shop.tar.gz"));
        var second = await FetchAsync(_server.UrlOf("/shop.tar.gz"));
        var unpackings = _log.Lines.Count(line => line.StartsWith("Unpacked", StringComparison.Ordinal));

        content = Archives.Gzip(Archives.Tar(("shop-1.1/app.py", "print(11)")));
        var third = await FetchAsync(_server.UrlOf("/shop.tar.gz"));

        Assert.Equal(first, second);
        Assert.Equal(1, unpackings);
        Assert.NotEqual(second.Revision, third.Revision);
        Assert.Equal(["app.py"], FilesIn(third));
        Assert.Contains(_log.Lines, line => line.Contains($"src-checksum = \"{Archives.Sum(Source)}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_checksum_is_said_with_both_and_nothing_is_unpacked()
    {
        var wrong = new string('0', 64);

        var refusal = await FailAsync(() => FetchAsync(_server.Serve("/x.tgz", Source), wrong));

        Assert.Equal("build.checksum-mismatch", refusal.Code);
        Assert.Contains(wrong, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Archives.Sum(Source), refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("sources/trees")));
    }

    [Fact]
    public async Task A_redirection_is_followed_but_not_round_in_circles()
    {
        _server.Serve("/real", Source);
        _server.Answer("/away", context => { context.Response.Redirect("/real"); return Task.CompletedTask; });
        _server.Answer("/circle", context => { context.Response.Redirect("/circle"); return Task.CompletedTask; });
        _server.Answer("/file", context => { context.Response.Redirect("file:///etc/passwd"); return Task.CompletedTask; });

        Assert.Equal(["app.py", "lib/x.txt"], FilesIn(await FetchAsync(_server.UrlOf("/away"))));
        Assert.Equal("build.source-unreachable", (await FailAsync(() => FetchAsync(_server.UrlOf("/circle")))).Code);
        Assert.Equal("build.source-unreachable", (await FailAsync(() => FetchAsync(_server.UrlOf("/file")))).Code);
    }

    [Theory]
    [InlineData("nothing", "build.source-unreachable", "404")]
    [InlineData("page", "build.bad-archive", "a page")]
    [InlineData("noise", "build.bad-archive", "no archive")]
    [InlineData("truncated", "build.bad-archive", "")]
    [InlineData("truncated-xz", "build.bad-archive", "")]
    [InlineData("escape", "build.archive-escapes", "'../x'")]
    [InlineData("bomb", "build.archive-too-large", "")]
    [InlineData("bomb-zip", "build.archive-too-large", "")]
    [InlineData("many", "build.archive-too-large", "")]
    [InlineData("endless", "build.archive-too-large", "20 MB")]
    public async Task What_cannot_be_used_is_refused_and_leaves_nothing(string what, string code, string said)
    {
        if (what != "nothing")
        {
            await ServeAsync(what);
        }

        var refusal = await FailAsync(() => FetchAsync(_server.UrlOf("/x")));

        Assert.Equal(code, refusal.Code);
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        AssertNothingHalfDone();
        Assert.False(Directory.Exists(At("sources/trees")));
        Assert.Equal(["scratch"], _folder.EnumerateFileSystemInfos().Select(found => found.Name));
    }

    [Fact]
    public async Task A_million_entries_are_refused_soon()
    {
        // Ten thousand of them, packed, a hundred times: gzip streams may follow one another.
        var some = Archives.Tar([.. Enumerable.Range(0, 10_000).Select(number => ($"{number}", ""))])[..^1024];
        var packed = Archives.Gzip(some);
        _server.Serve("/x", [.. Enumerable.Repeat(packed, 100).SelectMany(part => part)]);

        Assert.Equal("build.archive-too-large", (await FailAsync(() => FetchAsync(_server.UrlOf("/x")))).Code);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left()
    {
        var never = new TaskCompletionSource();
        _server.Answer("/x", context => never.Task.WaitAsync(context.RequestAborted));
        _fetcher = new SourceFetcher(Settings with { Patience = TimeSpan.FromSeconds(1) });

        var refusal = await FailAsync(() => FetchAsync(_server.UrlOf("/x")));

        Assert.Equal("build.source-unreachable", refusal.Code);
        Assert.Contains("said nothing for 1 seconds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_used_is_forgotten()
    {
        var url = _server.Serve("/x", Source, tag: "1");
        await FetchAsync(url);

        Assert.Equal(0, _fetcher.Prune(DateTimeOffset.UtcNow.AddDays(-1)));
        Assert.Equal(1, _fetcher.Prune(DateTimeOffset.UtcNow.AddDays(1)));
        Assert.Equal(["app.py", "lib/x.txt"], FilesIn(await FetchAsync(url)));
    }

    [Fact]
    public async Task A_branch_a_tag_and_a_commit_of_a_repository()
    {
        var repository = NewRepository();
        var first = repository.Commit("app.py", "1");
        repository.Git("-c", "user.name=T", "-c", "user.email=t@example.org", "tag", "--annotate", "--message=One", "v1");
        var second = repository.Commit("app.py", "2");
        var third = repository.Commit("app.py", "3");
        repository.Git("branch", "stable", first);

        var main = await FetchGitAsync(branch: null);
        var tag = await FetchGitAsync("v1");
        var stable = await FetchGitAsync("stable");
        var commit = await FetchGitAsync(second);

        Assert.Equal((third, "3"), (main.Revision, TextOf(main)));
        Assert.Equal((first, "1"), (tag.Revision, TextOf(tag)));
        Assert.Equal((first, "1"), (stable.Revision, TextOf(stable)));
        Assert.Equal((second, "2"), (commit.Revision, TextOf(commit)));
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task A_branch_is_fetched_again_only_when_it_moved()
    {
        var repository = NewRepository();
        repository.Commit("app.py", "1");
        await FetchGitAsync("main");
        var asked = _server.Requests.Count(path => path.EndsWith("/git-upload-pack", StringComparison.Ordinal));

        await FetchGitAsync("main");
        var again = _server.Requests.Count(path => path.EndsWith("/git-upload-pack", StringComparison.Ordinal));
        repository.Commit("app.py", "2");

        Assert.Equal("2", TextOf(await FetchGitAsync("main")));
        Assert.Contains(_log.Lines, line => line.Contains("is still at", StringComparison.Ordinal));
        Assert.True(again - asked < asked, $"{asked} requests to fetch, {again - asked} to ask.");
    }

    [Fact]
    public async Task A_server_of_files_alone_gives_its_repository_too()
    {
        var repository = NewRepository();
        var first = repository.Commit("app.py", "1");
        repository.Commit("app.py", "2");
        repository.Git("update-server-info");
        _server.Repositories = null;
        var git = At("repositories/shop.git/.git");
        foreach (var file in Directory.EnumerateFiles(git, "*", SearchOption.AllDirectories))
        {
            _server.Serve($"/shop.git/{Path.GetRelativePath(git, file)}", await File.ReadAllBytesAsync(file, Cancellation));
        }

        Assert.Equal("1", TextOf(await FetchGitAsync(first)));
        Assert.Equal("2", TextOf(await FetchGitAsync("main")));
        Assert.Contains(_log.Lines, line => line.Contains("all of the repository", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_files_of_a_repository_come_with_their_bits_and_links_and_nothing_of_it_runs()
    {
        var repository = NewRepository();
        repository.Commit(".gitattributes", "tests export-ignore\nversion export-subst\n*.txt filter=evil\n");
        repository.Commit("tests/a.py", "t");
        repository.Commit("version", "$Format:%H$");
        repository.Commit("run.sh", "go");
        File.SetUnixFileMode(At("repositories/shop.git/run.sh"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(At("repositories/shop.git/start"), "run.sh");
        repository.Commit();

        var fetched = await FetchGitAsync("main");

        Assert.Equal([".gitattributes", "run.sh", "start", "tests/a.py", "version"], FilesIn(fetched));
        Assert.Equal("$Format:%H$", await File.ReadAllTextAsync(Path.Combine(fetched.Folder, "version"), Cancellation));
        Assert.True(File.GetUnixFileMode(Path.Combine(fetched.Folder, "run.sh")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal("run.sh", new FileInfo(Path.Combine(fetched.Folder, "start")).LinkTarget);
    }

    [Fact]
    public async Task A_repository_that_links_out_is_refused()
    {
        var repository = NewRepository();
        Directory.CreateDirectory(At("repositories/shop.git"));
        File.CreateSymbolicLink(At("repositories/shop.git/out"), "/etc/passwd");
        repository.Commit();

        Assert.Equal("build.archive-escapes", (await FailAsync(() => FetchGitAsync("main"))).Code);
        AssertNothingHalfDone();
    }

    [Fact]
    public async Task A_branch_that_is_not_there_is_said_with_those_that_are()
    {
        var repository = NewRepository();
        repository.Commit("app.py", "1");
        repository.Git("branch", "stable");

        var branch = await FailAsync(() => FetchGitAsync("nightly"));
        var commit = await FailAsync(() => FetchGitAsync(new string('a', 40)));

        Assert.Equal("build.no-such-branch", branch.Code);
        Assert.Equal(["main", "stable"], branch.Details);
        Assert.Equal("build.no-such-branch", commit.Code);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_or_too_large_is_said()
    {
        var repository = NewRepository();
        using (var noise = File.Create(At("repositories/shop.git/noise")))
        {
            noise.Write(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3_000_000));
        }

        repository.Commit();
        _fetcher = new SourceFetcher(Settings with { Limits = new UnpackingLimits(Bytes: 1_000_000) });

        Assert.Equal("build.archive-too-large", (await FailAsync(() => FetchGitAsync("main"))).Code);
        Assert.Equal("build.source-unreachable", (await FailAsync(() => FetchGitAsync("main", "/other.git"))).Code);
        AssertNothingHalfDone();
    }

    private async Task ServeAsync(string what)
    {
        if (what == "endless")
        {
            _server.Answer("/x", EndlessAsync);
            return;
        }

        var zeros = new string('\0', 19_000_000);
        _server.Serve("/x", what switch
        {
            "page" => "  <!doctype html><title>Log in</title>"u8.ToArray(),
            "noise" => [.. Enumerable.Repeat((byte)7, 5_000)],
            "truncated" => Source[..^30],
            "truncated-xz" => (await Archives.ThroughAsync("xz", Archives.Tar(("a", "1"))))[..^40],
            "escape" => Archives.Gzip(Archives.Tar(("../x", ""))),
            "bomb" => Archives.Gzip(Archives.Tar(("a", zeros), ("b", zeros))),
            "bomb-zip" => Archives.Zip(("a", zeros), ("b", zeros)),
            "many" => Archives.Gzip(Archives.Tar([.. Enumerable.Range(0, 1_001).Select(number => ($"{number}", ""))])),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        });
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(new byte[100_000], context.RequestAborted);
        }
    }

    private Repository NewRepository()
    {
        _server.Repositories = At("repositories");
        return new Repository(At("repositories/shop.git"));
    }

    private Task<FetchedSource> FetchAsync(string url, string? checksum = null) =>
        FetchByAsync($"src-url = \"{url}\"\nsrc-checksum = \"{checksum}\"\n");

    private Task<FetchedSource> FetchGitAsync(string? branch, string path = "/shop.git") =>
        FetchByAsync($"git-url = \"{_server.UrlOf(path)}\"\n{(branch is null ? "" : $"git-branch = \"{branch}\"\n")}");

    private Task<FetchedSource> FetchByAsync(string build)
    {
        var package = PackageReader.Read(
            "nua-config.toml", $"[metadata]\nid = \"shop\"\nversion = \"1\"\ntitle = \"Shop\"\nauthor = \"Ann\"\n[build]\n{build}");
        return _fetcher.FetchAsync(RemoteSource.Of(Interpolation.Render(package))!, _log, Cancellation);
    }

    private static async Task<Problem> FailAsync(Func<Task> attempt) => (await Assert.ThrowsAsync<NuaException>(attempt)).Problem;

    private static IReadOnlyList<string> FilesIn(FetchedSource fetched) =>
    [
        .. Directory.EnumerateFiles(fetched.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(fetched.Folder, file))
            .Order(StringComparer.Ordinal),
    ];

    private static string TextOf(FetchedSource fetched) => File.ReadAllText(Path.Combine(fetched.Folder, "app.py"));

    private void AssertNothingHalfDone() => Assert.Empty(Directory.GetFileSystemEntries(At("scratch")));

    private string At(string path) => Path.Combine(_folder.FullName, path);
}
