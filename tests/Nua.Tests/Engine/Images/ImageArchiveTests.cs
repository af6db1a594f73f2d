using System.Text;
using System.Text.Json;
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
        Assert.Null(archive.MissingManifest);
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
    public async Task A_layout_gets_the_file_that_older_engines_look_for()
    {
        using var file = new MemoryStream();
        file.Write(ArchiveWriter.Layout(Labels, "nua-notes:1.0"));
        var before = await ImageArchive.ReadAsync(file, Cancellation);

        await ImageArchive.AppendAsync(file, ImageArchive.ManifestFile, before.MissingManifest!, Cancellation);
        var after = await ImageArchive.ReadAsync(file, Cancellation);

        Assert.Equal(JsonSerializer.Serialize(before.Images), JsonSerializer.Serialize(after.Images));
        Assert.Null(after.MissingManifest);
    }

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

    private static async Task<ImageArchive> ReadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await ImageArchive.ReadAsync(stream, Cancellation);
    }
}
