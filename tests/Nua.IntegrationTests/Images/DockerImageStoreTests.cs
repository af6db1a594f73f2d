using Nua.Core.Problems;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
using Nua.Engine.Images.Archives;
using Nua.IntegrationTests.Runtimes;
using Nua.Testing;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.IntegrationTests.Images;

public sealed class DockerImageStoreTests : IAsyncLifetime
{
    private const string Socket = DockerCommand.Socket;
    private const string Label = "rocks.nua.test.store";

    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly DockerImageStore _store = new(Socket);
    private readonly DockerImageBuilder _builder = new(Socket);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var image in await _store.ListAsync(Label, _run, CancellationToken.None))
        {
            await DockerCommand.RunAsync("rmi", "--force", image.Id);
        }

        _builder.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task What_the_engine_lacks_is_null_and_goes_without_a_word()
    {
        await _store.RemoveAsync("nua-test/absent:0", Cancellation);

        Assert.Null(await _store.FindAsync("nua-test/absent:0", Cancellation));
    }

    [Fact]
    public async Task An_image_is_found_by_name_and_by_id_with_what_was_written_on_it()
    {
        var built = await BuildAsync("one");

        var byName = await _store.FindAsync(Name("one"), Cancellation);
        var byId = await _store.FindAsync(built.Id, Cancellation);

        Assert.Equal((built.Id, built.Id), (byName?.Id, byId?.Id));
        Assert.Equal(_run, byName!.Labels[Label]);
        Assert.InRange(byName.SizeBytes, 1_000_000, 5_000_000);
        Assert.InRange(byName.CreatedAt, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task An_image_that_was_saved_is_the_same_when_it_is_loaded()
    {
        var built = await BuildAsync("one");
        using var archive = new MemoryStream();
        await using (var saved = await _store.SaveAsync([Name("one")], Cancellation))
        {
            await saved.CopyToAsync(archive, Cancellation);
        }

        await _store.RemoveAsync(built.Id, Cancellation);
        var read = Assert.Single((await ImageArchive.ReadAsync(archive, Cancellation)).Images);
        archive.Seek(0, SeekOrigin.Begin);
        await _store.LoadAsync(archive, Cancellation);

        Assert.Equal((built.Id, _run), (read.Id, read.Labels[Label]));
        Assert.Equal(Name("one"), Assert.Single(read.Names));
        Assert.Equal(built.Id, (await _store.FindAsync(Name("one"), Cancellation))?.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_OCI_layout_is_loaded_too(bool platforms)
    {
        using var file = new MemoryStream(ArchiveWriter.Layout(new Dictionary<string, string> { [Label] = _run }, "other:1", platforms));
        var archive = await ImageArchive.ReadAsync(file, Cancellation);
        using var written = new MemoryStream();
        await archive.WriteAsync(new Dictionary<string, string> { [archive.Images[0].Id] = Name("layout") }, written, Cancellation);
        written.Seek(0, SeekOrigin.Begin);

        await _store.LoadAsync(written, Cancellation);

        var loaded = await _store.FindAsync(Name("layout"), Cancellation);
        Assert.Equal((Assert.Single(archive.Images).Id, _run), (loaded?.Id, loaded?.Labels[Label]));
    }

    [Fact]
    public async Task Two_images_with_an_equal_layer_on_different_ones_are_saved_and_loaded()
    {
        string[] names = [Name("first"), Name("second")];
        await BuildAsync("first", "RUN echo 1 > /number\nRUN true");
        await BuildAsync("second", "RUN echo 2 > /number\nRUN true");
        using var saved = new MemoryStream();
        await using (var stream = await _store.SaveAsync(names, Cancellation))
        {
            await stream.CopyToAsync(saved, Cancellation);
        }

        Assert.Equal(names, (await ImageArchive.ReadAsync(saved, Cancellation)).Images.SelectMany(image => image.Names).Order());
    }

    [Fact]
    public async Task What_the_engine_cannot_load_is_said()
    {
        using var damaged = new MemoryStream(ArchiveWriter.Tar(("manifest.json", """[{"Config": "none.json", "Layers": []}]"""u8.ToArray())));

        var refusal = await Assert.ThrowsAsync<NuaException>(() => _store.LoadAsync(damaged, Cancellation));

        Assert.Equal("image.not-loaded", refusal.Problem.Code);
    }

    [Fact]
    public async Task Images_are_listed_by_label_newest_first()
    {
        await BuildAsync("one");
        await BuildAsync("two");

        var ofThisRun = await _store.ListAsync(Label, _run, Cancellation);
        var ofAnother = await _store.ListAsync(Label, "another", Cancellation);
        var withTheLabel = await _store.ListAsync(Label, value: null, Cancellation);

        Assert.Equal([Name("two"), Name("one")], ofThisRun.Select(image => image.Reference));
        Assert.Empty(ofAnother);
        Assert.Subset(withTheLabel.Select(image => image.Id).ToHashSet(), ofThisRun.Select(image => image.Id).ToHashSet());
    }

    [Fact]
    public async Task An_image_lives_until_its_last_name_goes()
    {
        var built = await BuildAsync("one");
        await _store.TagAsync(built.Id, Name("other"), Cancellation);

        await _store.RemoveAsync(Name("one"), Cancellation);
        var still = await _store.FindAsync(Name("other"), Cancellation);
        await _store.RemoveAsync(Name("other"), Cancellation);

        Assert.Equal(built.Id, still?.Id);
        Assert.Null(await _store.FindAsync(built.Id, Cancellation));
    }

    [Fact]
    public async Task An_image_some_container_runs_is_not_removed()
    {
        await BuildAsync("one");
        await DockerCommand.RunAsync("run", "--detach", "--name", $"nua-test-{_run}", Name("one"), "sleep", "600");

        var refusal = await Assert.ThrowsAsync<NuaException>(() => _store.RemoveAsync(Name("one"), Cancellation));
        await DockerCommand.RunAsync("rm", "--force", $"nua-test-{_run}");

        Assert.Equal("image.in-use", refusal.Problem.Code);
        Assert.Contains($"nua-test-{_run} (Up", refusal.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_is_looked_into_without_running_it()
    {
        var built = await BuildAsync("one");
        await _store.TagAsync(built.Id, Name("other"), Cancellation);

        var detail = await _store.InspectAsync(Name("one"), Cancellation);
        var made = await _store.ReadFileAsync(built.Id, "/made", mostBytes: 1000, Cancellation);

        Assert.Equal([Name("one"), Name("other")], detail!.Names.Order());
        Assert.StartsWith("COPY ", detail.Layers[0].Instruction, StringComparison.Ordinal);
        Assert.Equal($"RUN /bin/sh -c echo one {_run} > /made", detail.Layers[^1].Instruction);
        Assert.Equal(built.SizeBytes, detail.Layers.Sum(layer => layer.SizeBytes));
        Assert.Equal($"one {_run}\n", System.Text.Encoding.UTF8.GetString(made!));
        Assert.Null(await _store.ReadFileAsync(built.Id, "/nothing", mostBytes: 1000, Cancellation));
        Assert.Null(await _store.ReadFileAsync(built.Id, "/bin", mostBytes: 1000, Cancellation));
        Assert.Null(await _store.InspectAsync("nua-test/absent:0", Cancellation));
        var large = await Assert.ThrowsAsync<NuaException>(() => _store.ReadFileAsync(built.Id, "/made", mostBytes: 3, Cancellation));
        Assert.Equal("image.file-too-large", large.Problem.Code);
        Assert.Empty(await DockerCommand.RunAsync("ps", "--all", "--quiet", "--filter", $"ancestor={built.Id}"));
    }

    [Fact]
    public async Task An_image_is_in_use_as_long_as_a_container_was_made_of_it()
    {
        var built = await BuildAsync("one");
        await DockerCommand.RunAsync("create", "--name", $"nua-test-{_run}", Name("one"), "sleep", "600");

        var inUse = await _store.InUseAsync(Cancellation);
        await DockerCommand.RunAsync("rm", "--force", $"nua-test-{_run}");

        Assert.Contains(built.Id, inUse);
        Assert.DoesNotContain(built.Id, await _store.InUseAsync(Cancellation));
    }

    [Fact]
    public async Task Naming_what_is_not_there_is_a_problem()
    {
        var refusal = await Assert.ThrowsAsync<NuaException>(() => _store.TagAsync("nua-test/absent:0", Name("one"), Cancellation));

        Assert.Equal("runtime.image-missing", refusal.Problem.Code);
    }

    private string Name(string tag) => $"nua-test/store-{_run}:{tag}";

    private async Task<Image> BuildAsync(string tag, string? steps = null)
    {
        var context = Directory.CreateTempSubdirectory("nua-test-");
        try
        {
            var build = new ImageBuild
            {
                Context = context.FullName,
                Dockerfile = $"FROM {TinyImage.Name}\n{steps ?? $"RUN echo {tag} {_run} > /made"}",
                Tag = Name(tag),
                Labels = new Dictionary<string, string> { [Label] = _run },
            };
            return await _builder.BuildAsync(build, new LineLog(), Cancellation);
        }
        finally
        {
            context.Delete();
        }
    }
}
