using Nua.IntegrationTests.Sources;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Packages whose source lies elsewhere, from a real server to an image that runs.</summary>
public sealed class RemoteSourceBuildTests : IAsyncLifetime
{
    private readonly Workshop _workshop = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-repositories-");
    private SourceServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SourceServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _workshop.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_archive_is_built_where_commands_find_it_and_the_folder_nua_beside_it()
    {
        var archive = Archives.Gzip(Archives.Tar(("shop-1.0/hello.txt", "hello from afar"), ("shop-1.0/.hidden", "h")));
        var url = _server.Serve("/shop-1.0.tar.gz", archive);
        _workshop
            .Config(
                $"""
                [build]
                src-url = "{url.Replace("1.0", "{version}", StringComparison.Ordinal)}"
                src-checksum = "{Archives.Sum(archive)}"
                build = "cat hello.txt ../nua/more.txt > made.txt"
                test = "test -f made.txt -a -f .hidden"
                [run]
                start = "cat made.txt"
                """)
            .Write("README.md", "not part of it")
            .Write("nua/more.txt", ", and of our own");

        var built = await _workshop.BuildAsync();
        var again = await _workshop.BuildAsync();

        Assert.Equal((false, true), (built.UpToDate, again.UpToDate));
        Assert.Equal(["/shop-1.0.tar.gz"], _server.Requests);
        Assert.Equal((0, "hello from afar, and of our own"), await _workshop.RunAsync());
        var (_, listing) = await _workshop.RunAsync("ls", "/nua/build");
        Assert.Equal(["nua", _workshop.App], listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task A_folder_of_a_repository_is_built_anew_when_its_branch_moved()
    {
        _server.Repositories = _folder.FullName;
        var repository = new Repository(Path.Combine(_folder.FullName, "many.git"));
        repository.Commit("parts/shop/hello.txt", "one");
        _workshop.Config(
            $"""
            [build]
            git-url = "{_server.UrlOf("/many.git")}"
            project = "parts/shop"
            [run]
            start = ["pwd", "cat hello.txt"]
            """);

        await _workshop.BuildAsync();
        Assert.Equal((0, "/nua/build/many/parts/shop\none"), await _workshop.RunAsync());

        repository.Commit("parts/shop/hello.txt", "two");
        Assert.False((await _workshop.BuildAsync()).UpToDate);
        Assert.Equal((0, "/nua/build/many/parts/shop\ntwo"), await _workshop.RunAsync());
    }
}
