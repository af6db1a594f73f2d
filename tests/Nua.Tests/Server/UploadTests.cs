using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Nua.Api;
using Xunit;

namespace Nua.Tests.Server;

public sealed class UploadTests
{
    private const string Config = "[metadata]\nid = \"page\"\nversion = \"1\"\ntitle = \"A page\"\nauthor = \"Ann\"\n";

    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task The_same_folder_sent_twice_is_kept_once_and_whole()
    {
        await using var server = await ServerWorld.StartAsync();

        var first = await SendAsync(server, File("nua-config.toml", Config), File("site/index.html", "<h1>Hi</h1>"), Link("start", "site/index.html"));
        var again = await SendAsync(server, File("nua-config.toml", Config), File("site/index.html", "<h1>Hi</h1>"), Link("start", "site/index.html"));

        Assert.Equal(first, again);
        Assert.Equal((2, Config.Length + 11), (first.Files, first.SizeBytes));
        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(server.Home.State, "uploads")));
        Assert.Equal("<h1>Hi</h1>", System.IO.File.ReadAllText(Path.Combine(folder, "start")));
    }

    public static TheoryData<string, TarEntry[]> Hostile() => new()
    {
        { "it lies outside the folder", [File("../../etc/cron.d/x", "")] },
        { "it lies outside the folder", [File("/etc/cron.d/x", "")] },
        { "outside the folder", [Link("way-out", "/etc")] },
        { "outside the folder", [Link("way-out", "../..")] },
        { "outside the folder", [Link("a/here", ".."), Link("a/up", "here/..")] },
        { "it is there twice", [Link("x", "y"), Link("x", "z")] },
        { "it is there twice", [File("x", "1"), File("x", "2")] },
        { "its name is none", [File("x\0y", "")] },
        { "its name is none", [Link("x", "y\0z")] },
        { "it lies below a file", [File("x", "1"), File("x/y", "2")] },
        { "it lies below a file", [File("x", "1"), Link("x/y", "z")] },
        { "it links to '/etc/shadow', outside the folder", [new PaxTarEntry(TarEntryType.HardLink, "x") { LinkName = "/etc/shadow" }] },
        { "it is a Fifo", [new PaxTarEntry(TarEntryType.Fifo, "x")] },
        { "it is a BlockDevice", [new PaxTarEntry(TarEntryType.BlockDevice, "x")] },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_folder_that_reaches_out_is_refused_and_leaves_nothing(string why, TarEntry[] entries)
    {
        await using var server = await ServerWorld.StartAsync();

        var refusal = await Assert.ThrowsAsync<ApiException>(() => SendAsync(server, entries));

        Assert.Equal(("upload.bad-entry", 2), (refusal.Problem.Code, refusal.Problem.Exit));
        Assert.Contains(why, refusal.Problem.Detail);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(server.Home.State, "uploads")));
    }

    [Fact]
    public async Task A_link_that_would_lead_out_through_another_link_is_never_made()
    {
        await using var server = await ServerWorld.StartAsync();

        await Assert.ThrowsAsync<ApiException>(() => SendAsync(server, Link("d", "sub"), Link("d/e", "..")));
    }

    [Fact]
    public async Task Too_much_is_refused()
    {
        await using var server = await ServerWorld.StartAsync();

        var tooLarge = await Assert.ThrowsAsync<ApiException>(() => SendAsync(server, File("big", new string('x', 1_000_001))));
        var tooMany = await Assert.ThrowsAsync<ApiException>(
            () => SendAsync(server, [.. Enumerable.Range(0, 101).Select(number => File($"{number}", ""))]));

        Assert.Equal("upload.too-large", tooLarge.Problem.Code);
        Assert.Equal("upload.too-large", tooMany.Problem.Code);
    }

    [Fact]
    public async Task What_is_no_tar_is_refused()
    {
        await using var server = await ServerWorld.StartAsync();

        using var answer = await server.Http.PutAsync(
            "v1/uploads", new StringContent(new string('?', 2000), new MediaTypeHeaderValue("application/x-tar")), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("upload.not-a-tar", (await answer.Content.ReadFromJsonAsync(ApiJson.Default.ProblemView, Cancellation))!.Code);
    }

    [Fact]
    public async Task An_upload_that_is_not_there_cannot_be_built()
    {
        await using var server = await ServerWorld.StartAsync();

        var refusal = await Assert.ThrowsAsync<ApiException>(
            () => server.Client.BuildAsync(new BuildBody("sha256:../../../etc"), Cancellation));

        Assert.Equal(("upload.unknown", 3), (refusal.Problem.Code, refusal.Problem.Exit));
    }

    [Fact]
    public async Task A_package_that_is_not_valid_is_refused_before_anything_is_journaled()
    {
        await using var server = await ServerWorld.StartAsync();
        var upload = await SendAsync(server, File("nua-config.toml", Config.Replace("title", "titel")));

        var refusal = await Assert.ThrowsAsync<ApiException>(() => server.Client.BuildAsync(new BuildBody(upload.Digest), Cancellation));

        Assert.Equal(("package.invalid", 2), (refusal.Problem.Code, refusal.Problem.Exit));
        Assert.Empty((await server.Client.OperationsAsync(new OperationQuery(), Cancellation)).Operations);
    }

    [Fact]
    public async Task A_plan_says_how_a_package_would_be_built_and_builds_nothing()
    {
        await using var server = await ServerWorld.StartAsync();
        var upload = await SendAsync(server, File("nua-config.toml", Config), File("index.html", "<h1>Hi</h1>"));

        var plan = await server.Client.PlanAsync(new BuildBody(upload.Digest), Cancellation);

        Assert.Equal(("nua-page:1", "static"), (plan.Reference, plan.Builder));
        Assert.Contains("FROM", plan.Dockerfile);
        Assert.Empty((await server.Client.OperationsAsync(new OperationQuery(), Cancellation)).Operations);
    }

    private static PaxTarEntry File(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), ModificationTime = DateTimeOffset.UnixEpoch };

    private static PaxTarEntry Link(string name, string target) =>
        new(TarEntryType.SymbolicLink, name) { LinkName = target, ModificationTime = DateTimeOffset.UnixEpoch };

    private static Task<UploadView> SendAsync(ServerWorld server, params TarEntry[] entries) => server.Client.UploadAsync(
        async (body, stop) =>
        {
            await using var tar = new TarWriter(body, leaveOpen: true);
            foreach (var entry in entries)
            {
                await tar.WriteEntryAsync(entry, stop);
            }
        },
        Cancellation);
}
