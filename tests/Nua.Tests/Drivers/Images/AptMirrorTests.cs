using Nua.Drivers.Images.Distro;
using Nua.Engine.Images.Mirrors;
using Xunit;

namespace Nua.Tests.Drivers.Images;

public sealed class AptMirrorTests : IDisposable
{
    private static readonly IReadOnlyList<AptSource> Sources =
    [
        new("http://deb.example.org/debian", "bookworm", ["main"], "/usr/share/keyrings/debian-archive-keyring.gpg"),
        new("http://deb.example.org/debian", "bookworm-updates", ["main"], Keyring: null),
        new("http://security.example.org/debian-security", "bookworm-security", ["main"], Keyring: null),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-mirrors-");

    [Fact]
    public void A_server_stands_for_every_source_with_its_suite_and_its_keys() => Assert.Equal(
        [
            "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] https://joe:word@mirror.example/debian bookworm main",
            "deb https://joe:word@mirror.example/debian bookworm-updates main",
            "deb https://joe:word@mirror.example/debian-security bookworm-security main",
        ],
        AptMirror.Lines(PackageMirror.Parse("https://joe:word@mirror.example/{archive}/")!, place: "", folder: null, Sources));

    [Fact]
    public void A_folder_has_the_archives_themselves()
    {
        _folder.CreateSubdirectory("apt/debian/dists");

        Assert.Contains("deb file:/lent/apt/debian-security bookworm-security main", LinesOfFolder());
    }

    [Fact]
    public void Or_just_packages_and_a_list_of_them()
    {
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("apt").FullName, "Packages.gz"), "");

        Assert.Equal(["deb [trusted=yes] file:/lent/apt ./"], LinesOfFolder());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<string> LinesOfFolder() =>
        AptMirror.Lines(PackageMirror.InFolder(_folder.FullName, "apt")!, "file:/lent/apt", _folder.FullName, Sources);
}
