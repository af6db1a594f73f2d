using System.Net;
using System.Text.Json;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>Each sample under <c>apps</c>, of whatever builder: built, deployed, and tested by its own protocol through the gateway.</summary>
public sealed class EverySampleTests(EverySampleTests.OneServer one) : IClassFixture<EverySampleTests.OneServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The folders themselves: a sample that is added is tested.</summary>
    public static IEnumerable<TheoryDataRow<string>> Samples =>
        from folder in Directory.GetDirectories(Repository.App(""))
        let name = Path.GetFileName(folder)
        // The guestbook has tests of its own.
        where name != "guestbook"
        orderby name
        select new TheoryDataRow<string>(name);

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task It_is_deployed_and_passes_its_tests(string sample)
    {
        await using var app = new AppCopy(sample);
        var deployed = await one.Server.NuaOkAsync("deploy", app.Folder, "--as", sample, "--json");

        using (var visitor = one.Server.Visit($"{sample}.localhost"))
        using (var page = await visitor.GetAsync("/", Cancellation))
        {
            Assert.True(page.StatusCode is HttpStatusCode.OK, $"{sample}: {page.StatusCode}\n{deployed}");
        }

        foreach (var image in await app.ImagesAsync())
        {
            Assert.Contains("nua-config.json", await MetadataOfAsync(image));
        }

        using var again = JsonDocument.Parse((await one.Server.NuaOkAsync("build", app.Folder, "--json")).Output);
        Assert.True(again.RootElement.GetProperty("upToDate").GetBoolean());
        await one.Server.NuaOkAsync("destroy", sample, "--with-data", "--accept-data-loss", "--yes");
    }

    /// <summary>What an image says of itself, read without running anything of it.</summary>
    private static async Task<string> MetadataOfAsync(string image)
    {
        var made = await Command.DockerAsync(Cancellation, "create", "--label", "nua-test", image, "none");
        var container = made.Output.Trim();
        try
        {
            var folder = Directory.CreateTempSubdirectory("nua-metadata-");
            await Command.DockerAsync(Cancellation, "cp", $"{container}:/nua/metadata/.", folder.FullName);
            var files = string.Join(' ', folder.GetFiles().Select(file => file.Name));
            folder.Delete(recursive: true);
            return files;
        }
        finally
        {
            await Command.DockerAsync(CancellationToken.None, "rm", container);
        }
    }

    /// <summary>One server for all of them.</summary>
    public sealed class OneServer : IAsyncLifetime
    {
        public TestServer Server { get; } = new();

        public async ValueTask InitializeAsync() => await Server.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
