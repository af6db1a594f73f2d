using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nua.Engine.Images;
using Nua.Engine.Operations;
using Nua.Testing;
using Nua.Tests.Server;
using Xunit;

namespace Nua.Tests.Cli;

/// <summary>Images on the command line, against a server with nothing real behind it.</summary>
public sealed partial class ImageCommandTests
{
    private const string Bill =
        """
        {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
          {"type": "operating-system", "name": "debian", "version": "12"},
          {"type": "library", "name": "curl", "version": "7.88", "purl": "pkg:deb/debian/curl@7.88", "licenses": [{"license": {"name": "curl"}}]},
          {"type": "library", "name": "flask", "version": "3.0", "purl": "pkg:pypi/flask@3.0", "licenses": [{"expression": "BSD-3-Clause"}]}
        ]}
        """;

    [Fact]
    public async Task The_list_says_which_instances_run_an_image()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.AddImage("2.0");
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("image", "list", "--json"));

        using var answer = JsonDocument.Parse(line.Output);
        var runBy = answer.RootElement.GetProperty("images").EnumerateArray().ToDictionary(
            image => image.GetProperty("reference").GetString()!,
            image => string.Join(',', image.GetProperty("instances").EnumerateArray()));
        Assert.Equal(("notes", ""), (runBy["nua-notes:1.0"], runBy["nua-notes:2.0"]));
    }

    [Fact]
    public async Task An_image_is_shown_with_its_layers_and_who_uses_it()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        var image = await server.World.Images.FindAsync("nua-notes:1.0", ServerWorld.Cancellation);
        server.World.Images.Layers[image!.Id] =
        [
            new ImageLayer("1", "Imported from -", 80_000_000),
            new ImageLayer("2", "RUN /bin/bash -e -o pipefail -c apt-get update && apt-get install -y python3 python3-flask gunicorn and others", 20_000_000),
            new ImageLayer("3", "COPY source/ /nua/build/", 1200),
        ];
        server.World.AddImage("2.0");
        await server.DeployAsync("notes:2.0");
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("image", "show", "notes:1.0"));

        Golden.Equal("Cli/image-show", Age.Replace(line.Output, "AGE ago"));
    }

    [Fact]
    public async Task An_image_whose_name_went_to_a_newer_build_says_so()
    {
        await using var server = await ServerWorld.StartAsync();
        var old = server.World.Images.Unname("nua-notes:1.0");
        var newer = server.World.AddImage("1.0");
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("image", "show", old.Id, "--json"));

        Assert.Equal(newer.Id, JsonDocument.Parse(line.Output).RootElement.GetProperty("newer").GetString());
    }

    [Fact]
    public async Task The_bill_of_materials_is_a_table_for_people_and_CycloneDX_for_programs()
    {
        await using var server = await ServerWorld.StartAsync();
        var image = await server.World.Images.FindAsync("nua-notes:1.0", ServerWorld.Cancellation);
        server.World.Images.Files[(image!.Id, "/nua/metadata/sbom.cdx.json")] = Encoding.UTF8.GetBytes(Bill);
        using var people = new Line(server.Home.ServerSocket);
        using var programs = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await people.RunAsync("image", "sbom", "notes"));
        Assert.Equal(0, await programs.RunAsync("image", "sbom", "nua-notes:1.0", "--json"));

        Golden.Equal("Cli/image-sbom", people.Output);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Bill).RootElement, JsonDocument.Parse(programs.Output).RootElement));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_archive_is_loaded_and_can_be_deployed(bool compressed)
    {
        await using var server = await ServerWorld.StartAsync();
        var labels = new Dictionary<string, string>(server.World.AddImage("1.0").Labels);
        labels[ImageLabels.Config] = labels[ImageLabels.Config].Replace("1.0", "7.0");
        var file = Path.Combine(server.Home.State, "image.tar");
        await WriteAsync(file, ArchiveWriter.Layout(labels, "postgres:15"), compressed);
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("image", "load", file));

        Assert.Contains("nua-notes:7.0", line.Output, StringComparison.Ordinal);
        Assert.Null(await server.World.Images.FindAsync("postgres:15", ServerWorld.Cancellation));
        Assert.Equal(OperationState.Succeeded, (await server.World.DeployAsync("7.0")).State);
        Assert.Empty(Directory.GetFiles(Path.Combine(server.Home.State, "scratch")));
    }

    [Fact]
    public async Task An_image_that_was_saved_by_its_id_gets_the_name_it_was_built_for()
    {
        await using var server = await ServerWorld.StartAsync();
        var labels = new Dictionary<string, string>(server.World.AddImage("1.0").Labels);
        labels[ImageLabels.Config] = labels[ImageLabels.Config].Replace("1.0", "7.0");
        var file = Path.Combine(server.Home.State, "image.tar");
        await WriteAsync(file, ArchiveWriter.Saved(labels), compressed: false);
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("image", "load", file, "--json"));

        using var answer = JsonDocument.Parse(line.Output);
        Assert.Equal("nua-notes:7.0", answer.RootElement.GetProperty("images")[0].GetProperty("reference").GetString());
    }

    [Fact]
    public async Task A_newer_build_here_keeps_its_name_unless_it_is_said()
    {
        await using var server = await ServerWorld.StartAsync();
        var here = server.World.AddImage("1.0");
        var file = Path.Combine(server.Home.State, "image.tar");
        await WriteAsync(file, ArchiveWriter.Saved(ArchiveWriter.Config(here.Labels, created: here.CreatedAt.AddDays(-1))), compressed: false);
        using var refused = new Line(server.Home.ServerSocket);
        using var replaced = new Line(server.Home.ServerSocket);

        Assert.Equal(4, await refused.RunAsync("image", "load", file));
        var kept = await server.World.Images.FindAsync("nua-notes:1.0", ServerWorld.Cancellation);
        Assert.Equal(0, await replaced.RunAsync("image", "load", file, "--replace"));

        Assert.Contains("[image.newer-here]", refused.Error);
        Assert.Equal(here.Id, kept?.Id);
        Assert.NotEqual(here.Id, (await server.World.Images.FindAsync("nua-notes:1.0", ServerWorld.Cancellation))?.Id);
    }

    [Fact]
    public async Task An_image_with_the_label_of_another_app_is_none_of_Nuas()
    {
        await using var server = await ServerWorld.StartAsync();
        var labels = new Dictionary<string, string>(server.World.AddImage("1.0").Labels) { [ImageLabels.App] = "shop" };
        var file = Path.Combine(server.Home.State, "image.tar");
        await WriteAsync(file, ArchiveWriter.Saved(labels, "nua-notes:99"), compressed: false);
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(2, await line.RunAsync("image", "load", file));

        Assert.Contains("[image.not-of-nua]", line.Error);
    }

    [Fact]
    public async Task An_archive_of_others_images_is_refused_before_the_engine_sees_it()
    {
        await using var server = await ServerWorld.StartAsync();
        var file = Path.Combine(server.Home.State, "image.tar");
        await WriteAsync(file, ArchiveWriter.Saved(new Dictionary<string, string>(), "shop:1"), compressed: false);
        using var line = new Line(server.Home.ServerSocket);
        using var absent = new Line(server.Home.ServerSocket);

        Assert.Equal(2, await line.RunAsync("image", "load", file));
        Assert.Equal(2, await absent.RunAsync("image", "load", file + ".none"));

        Assert.Contains("[image.not-of-nua]", line.Error);
        Assert.Contains("shop:1", line.Error);
        Assert.Contains("[cli.cannot-read]", absent.Error);
        Assert.Null(await server.World.Images.FindAsync("shop:1", ServerWorld.Cancellation));
    }

    [Fact]
    public async Task An_image_is_saved_with_its_sub_applications_or_not_at_all()
    {
        await using var server = await ServerWorld.StartAsync();
        server.World.AddImageWithPart("2.0");
        var file = Path.Combine(server.Home.State, "image.tar");
        using var saved = new Line(server.Home.ServerSocket);
        using var unknown = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await saved.RunAsync("image", "save", "notes:2.0", "--output", file));
        Assert.Equal(3, await unknown.RunAsync("image", "save", "notes:9.0", "--output", file + "9"));

        Assert.Equal("nua-notes:2.0\nnua-notes__worker:2.0", await File.ReadAllTextAsync(file, ServerWorld.Cancellation));
        Assert.Equal([file], Directory.GetFiles(server.Home.State, "image.tar*"));
    }

    private static async Task WriteAsync(string file, byte[] archive, bool compressed)
    {
        await using var target = File.Create(file);
        await using Stream stream = compressed ? new GZipStream(target, CompressionLevel.Fastest) : target;
        await stream.WriteAsync(archive, ServerWorld.Cancellation);
    }

    [Theory]
    [InlineData("sbom", "nua-notes:1.0", "server.no-sbom")]
    [InlineData("sbom", "nothing", "deploy.no-image")]
    [InlineData("show", "nua/other:1", "deploy.no-image")]
    public async Task What_is_not_there_ends_with_3(string verb, string image, string code)
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(3, await line.RunAsync("image", verb, image));
        Assert.Contains($"[{code}]", line.Error);
    }

    [Fact]
    public async Task Pruning_asks_first_and_takes_nothing_that_runs_or_may_run_again()
    {
        await using var server = await ServerWorld.StartAsync();
        foreach (var version in new[] { "1.0", "2.0", "3.0", "4.0" })
        {
            server.World.AddImage(version);
            await server.DeployAsync($"notes:{version}");
        }

        server.World.AddImage("5.0");
        server.World.AddImage("6.0");
        var held = server.World.Images.Add("nua-other:1.0", "other", "{}");
        server.World.Images.Add("nua-other:2.0", "other", "{}");
        server.World.Images.InUse.Add(held.Id);
        using var refused = new Line(server.Home.ServerSocket);
        using var dry = new Line(server.Home.ServerSocket);
        using var done = new Line(server.Home.ServerSocket);

        Assert.Equal(4, await refused.RunAsync("image", "prune"));
        Assert.Equal(0, await dry.RunAsync("image", "prune", "--dry-run"));
        Assert.Equal(8, (await server.Client.ImagesAsync(ServerWorld.Cancellation)).Images.Count);
        Assert.Equal(0, await done.RunAsync("image", "prune", "--yes", "--json"));

        Assert.Contains("cli.not-confirmed", refused.Error);
        Assert.Contains("2 images would be removed", dry.Output);
        using var answer = JsonDocument.Parse(done.Output);
        Assert.Equal(
            ["nua-notes:1.0", "nua-notes:5.0"],
            answer.RootElement.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("reference").GetString()!).Order());
        Assert.Equal(6, (await server.Client.ImagesAsync(ServerWorld.Cancellation)).Images.Count);
    }

    [Fact]
    public async Task With_nothing_to_remove_nobody_is_asked()
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("image", "prune"));
        Assert.Equal("There is nothing to remove.\n", line.Output);
    }

    [GeneratedRegex(@"\d+ d ago", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Age { get; }
}
