using System.Formats.Tar;
using System.Security.Cryptography;
using Nua.Api;
using Nua.Cli.Packing;
using Xunit;

namespace Nua.Tests.Cli;

public sealed class PackageFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nua-pack-");

    [Fact]
    public void What_a_package_manager_fetches_again_and_what_dockerignore_names_stays_at_home()
    {
        Write("nua-config.toml", "");
        Write("app/main.py", "");
        Write("app/__pycache__/main.pyc", "");
        Write("web/node_modules/left-pad/index.js", "");
        Write(".git/HEAD", "");
        Write("secrets.env", "");
        Write("notes.md", "");
        Write("docs/notes.md", "");
        Write("docs/keep.md", "");
        Write(".dockerignore", "# remarks\n*.env\n**/*.md\n!docs/keep.md\nnua-config.toml\n");

        Assert.Equal(
            [".dockerignore", "app", "app/main.py", "docs", "docs/keep.md", "nua-config.toml", "web"],
            PackageFolder.List(_folder.FullName).Entries.Select(entry => entry.Path));
    }

    [Fact]
    public void What_is_never_built_stays_at_home_and_an_own_Dockerfile_gets_its_whole_context()
    {
        Write("app.py", "");
        Write(".env", "");
        Write(".venv/bin/python", "");
        Write(".git/HEAD", "");

        Assert.Equal(["app.py"], PackageFolder.List(_folder.FullName).Entries.Select(entry => entry.Path));
        Assert.Equal(
            [".env", ".venv", ".venv/bin", ".venv/bin/python", "app.py"],
            PackageFolder.List(_folder.FullName, byDockerfile: true).Entries.Select(entry => entry.Path));
    }

    [Fact]
    public async Task A_file_that_went_is_a_problem_that_names_it()
    {
        Write("notes.txt", "x");
        var listed = PackageFolder.List(_folder.FullName);
        File.Delete(Path.Combine(_folder.FullName, "notes.txt"));

        var problem = (await Assert.ThrowsAsync<ApiException>(
            () => PackageTar.WriteAsync(listed, Stream.Null, TestContext.Current.CancellationToken))).Problem;

        Assert.Equal(("cli.unreadable", 2), (problem.Code, problem.Exit));
        Assert.StartsWith("'notes.txt' cannot be read", problem.Detail);
        Assert.Contains(".dockerignore", problem.Hint);
    }

    [Fact]
    public void A_link_out_of_the_folder_is_left_out_and_said_so()
    {
        Write("app/main.py", "");
        Link("inside", "app/main.py");
        Link("app/up", "../app");
        Link("passwords", "/etc/passwd");
        Link("app/away", "../../elsewhere");

        var package = PackageFolder.List(_folder.FullName);

        Assert.Equal(["app", "app/main.py", "app/up", "inside"], package.Entries.Select(entry => entry.Path));
        Assert.Equal(
            [
                "'app/away' is left out: it is a link to '../../elsewhere', outside the folder.",
                "'passwords' is left out: it is a link to '/etc/passwd', outside the folder.",
            ],
            package.LeftOut.Order());
    }

    [Fact]
    public async Task Equal_folders_make_equal_packs_and_a_change_makes_another()
    {
        Write("b.txt", "two");
        Write("a/x.sh", "one");
        File.SetUnixFileMode(Path.Combine(_folder.FullName, "a/x.sh"), (UnixFileMode)0b111_101_101);
        Link("link", "b.txt");
        var before = await PackAsync();

        Assert.Equal(SHA256.HashData(before), SHA256.HashData(await PackAsync()));
        Write("b.txt", "tvo");
        Assert.NotEqual(SHA256.HashData(before), SHA256.HashData(await PackAsync()));
    }

    [Fact]
    public async Task A_pack_holds_contents_permissions_and_links_but_no_owner()
    {
        Write("run.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(_folder.FullName, "run.sh"), (UnixFileMode)0b111_101_101);
        Write("empty", "");
        Link("link", "run.sh");

        using var reader = new TarReader(new MemoryStream(await PackAsync()));
        var entries = new List<string>();
        while (await reader.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
        {
            entries.Add($"{entry.Name} {entry.EntryType} {Convert.ToString((int)entry.Mode, 8)} {entry.Length} {entry.Uid} {entry.LinkName}");
        }

        Assert.Equal(["empty RegularFile 644 0 0 ", "link SymbolicLink 777 0 0 run.sh", "run.sh RegularFile 755 10 0 "], entries);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<byte[]> PackAsync()
    {
        using var packed = new MemoryStream();
        await PackageTar.WriteAsync(PackageFolder.List(_folder.FullName), packed, TestContext.Current.CancellationToken);
        return packed.ToArray();
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(50));
    }

    private void Link(string path, string target) => File.CreateSymbolicLink(Path.Combine(_folder.FullName, path), target);
}
