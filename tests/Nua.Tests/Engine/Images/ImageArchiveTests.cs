using System.Formats.Tar;
using System.Text;
using CsCheck;
using Nua.Core.Problems;
using Nua.Engine.Images;
using Nua.Engine.Images.Archives;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Engine.Images;

public sealed class ImageArchiveTests
{
    private static readonly Dictionary<string, string> Labels = new() { [ImageLabels.App] = "flask-one-wheel" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_apps_id_is_found_in_what_docker_save_wrote()
    {
        var archive = await ReadAsync(ArchiveWriter.Saved(Labels, "nua-flask-one-wheel:1.2-1"));

        var image = Assert.Single(archive.Images);
        Assert.Equal("flask-one-wheel", image.Labels[ImageLabels.App]);
        Assert.Equal(["nua-flask-one-wheel:1.2-1"], image.Names);
        Assert.Matches("^sha256:[0-9a-f]{64}$", image.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_apps_id_is_found_in_an_OCI_layout_too(bool platforms)
    {
        var archive = await ReadAsync(ArchiveWriter.Layout(Labels, "nua-flask-one-wheel:1.2-1", platforms));

        var image = Assert.Single(archive.Images);
        Assert.Equal("flask-one-wheel", image.Labels[ImageLabels.App]);
        Assert.Equal(["nua-flask-one-wheel:1.2-1"], image.Names);
    }

    [Fact]
    public async Task An_image_is_the_same_in_both_layouts()
    {
        var saved = await ReadAsync(ArchiveWriter.Saved(Labels));
        var layout = await ReadAsync(ArchiveWriter.Layout(Labels));

        Assert.Equal(Assert.Single(saved.Images).Id, Assert.Single(layout.Images).Id);
        Assert.Empty(saved.Images[0].Names);
    }

    [Fact]
    public async Task What_is_written_again_is_what_was_read_and_nothing_else()
    {
        using var file = new MemoryStream(ArchiveWriter.Layout(Labels, "postgres:15"));
        var read = await ImageArchive.ReadAsync(file, Cancellation);
        using var written = new MemoryStream();

        await read.WriteAsync(read.Images.ToDictionary(image => image.Id, _ => "nua-notes:1.0"), written, Cancellation);
        var again = await ImageArchive.ReadAsync(written, Cancellation);

        var image = Assert.Single(again.Images);
        Assert.Equal((read.Images[0].Id, "nua-notes:1.0"), (image.Id, Assert.Single(image.Names)));
        Assert.Equal(["layer-0.tar", $"{image.Id[7..]}.json", "manifest.json"], NamesIn(written.ToArray()));
    }

    [Fact]
    public async Task A_layer_that_is_a_link_to_another_images_is_written_for_both()
    {
        using var file = new MemoryStream(ArchiveWriter.SavedWithLink(Labels, new Dictionary<string, string>()));
        var read = await ImageArchive.ReadAsync(file, Cancellation);
        using var written = new MemoryStream();

        await read.WriteAsync(read.Images.ToDictionary(image => image.Id, image => $"nua-{image.Labels.Count}:1"), written, Cancellation);

        Assert.Equal(2, (await ImageArchive.ReadAsync(written, Cancellation)).Images.Count);
    }

    [Fact]
    public async Task Images_for_other_machines_are_left_out() => Assert.Empty(
        (await ReadAsync(ArchiveWriter.Saved(ArchiveWriter.Config(Labels, architecture: "s390x"), "x:1"))).Images);

    public static TheoryData<byte[]> Broken =>
    [
        Array.Empty<byte>(),
        Encoding.UTF8.GetBytes("PK and more"),
        ArchiveWriter.Tar(("readme.txt", [1])),
        ArchiveWriter.Tar(("manifest.json", "null"u8.ToArray())),
        ArchiveWriter.Tar(("manifest.json", "[{}]"u8.ToArray())),
        ArchiveWriter.Tar(("manifest.json", """[{"Config": "a.json", "Layers": ["a"]}]"""u8.ToArray())),
        ArchiveWriter.Tar(("index.json", """{"manifests": [{"digest": "sha256:ab"}]}"""u8.ToArray())),
        ArchiveWriter.Tar(("index.json", """{"manifests": [{"digest": null}]}"""u8.ToArray())),
        ArchiveWriter.Tar(("index.json", """{"manifests": [null]}"""u8.ToArray())),
        ArchiveWriter.Tar(("index.json", """{"config": {"digest": "sha256:ab"}, "layers": [null]}"""u8.ToArray())),
        ArchiveWriter.Tar(("index.json", "{}"u8.ToArray())),
        ArchiveWriter.Tar(("manifest.json", "[null]"u8.ToArray())),
        ArchiveWriter.Tar(("manifest.json", """[{"Config": "a.json", "Layers": [null]}]"""u8.ToArray())),
        ArchiveWriter.Tar(("manifest.json", """[{"Config": "a.json", "Layers": [], "RepoTags": [null]}]"""u8.ToArray())),
        ArchiveWriter.Tar(("manifest.json", Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("""{"Config": "a", "Layers": []}""", 101))}]"))),
        ArchiveWriter.Saved(Labels)[..2000],
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_no_archive_of_images_is_refused(byte[] bytes)
    {
        var refusal = await Assert.ThrowsAsync<NuaException>(() => ReadAsync(bytes));

        Assert.Equal("image.no-archive", refusal.Problem.Code);
        Assert.NotEmpty(refusal.Problem.Hint);
    }

    [Fact]
    public void A_damaged_archive_is_read_or_refused() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 1 << 30].Array[1, 8]).Sample(
            (layout, damages) =>
            {
                var bytes = layout ? ArchiveWriter.Layout(Labels, "x:1") : ArchiveWriter.Saved(Labels, "x:1");
                foreach (var damage in damages)
                {
                    bytes[damage % bytes.Length] ^= (byte)(1 << (damage % 8));
                }

                if (Record.Exception(() => ReadAsync(bytes).GetAwaiter().GetResult()) is { } failure)
                {
                    Assert.Equal("image.no-archive", Assert.IsType<NuaException>(failure).Problem.Code);
                }
            },
            iter: 2_000);

    private static IEnumerable<string> NamesIn(byte[] tar)
    {
        using var reader = new TarReader(new MemoryStream(tar));
        while (reader.GetNextEntry() is { } entry)
        {
            yield return entry.Name;
        }
    }

    private static async Task<ImageArchive> ReadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await ImageArchive.ReadAsync(stream, Cancellation);
    }
}
