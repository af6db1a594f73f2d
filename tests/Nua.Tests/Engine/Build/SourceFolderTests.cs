using Nua.Core.Problems;
using Nua.Engine.Build.Sources;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>What of a folder reaches a build, and the hash over it. On real files, for links and permissions are what it is about.</summary>
public sealed class SourceFolderTests : IDisposable
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root = Directory.CreateTempSubdirectory("nua-source-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Files_folders_and_links_are_listed_in_the_order_of_their_paths()
    {
        Write("b/two.txt", "2");
        Write("a.txt", "1");
        Directory.CreateDirectory(Path.Combine(_root, "empty"));
        File.CreateSymbolicLink(Path.Combine(_root, "link"), "/etc");

        var source = Scan();

        Assert.Equal(
            ["a.txt File", "b Folder", "b/two.txt File", "empty Folder", "link Link"],
            source.Entries.Select(entry => $"{entry.Path} {entry.Kind}"));
        Assert.Equal("/etc", source.Entries[^1].Target);
        Assert.Equal(["a.txt", "b/two.txt", "link"], source.Files);
    }

    [Fact]
    public void What_is_ignored_is_not_listed_and_what_is_taken_back_is()
    {
        Write(".dockerignore", "docs\n!docs/keep.txt\n!.well-known\n");
        Write("docs/keep.txt", "x");
        Write("docs/other.txt", "x");
        Write(".well-known/security.txt", "x");
        Write(".git/config", "x");

        Assert.Equal([".well-known/security.txt", "docs/keep.txt"], Scan().Files);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said()
    {
        var refusal = Assert.Throws<NuaException>(() => SourceFolder.Scan(Path.Combine(_root, "nowhere"), Cancellation));

        Assert.Equal("build.no-folder", refusal.Problem.Code);
    }

    [Fact]
    public async Task The_hash_is_of_what_there_is_and_not_of_the_order_in_which_it_was_made()
    {
        Write("one.txt", "1");
        Write("two.txt", "2");
        var first = await HashAsync();

        File.Delete(Path.Combine(_root, "one.txt"));
        File.Delete(Path.Combine(_root, "two.txt"));
        Write("two.txt", "2");
        Write("one.txt", "1");
        File.SetLastWriteTimeUtc(Path.Combine(_root, "one.txt"), DateTime.UnixEpoch);

        Assert.Equal(first, await HashAsync());
    }

    [Fact]
    public async Task Whatever_reaches_the_image_changes_the_hash()
    {
        Write("one.txt", "1");
        var hashes = new HashSet<string> { await HashAsync() };

        await ChangesAsync(() => Write("one.txt", "2"));
        await ChangesAsync(() => File.SetUnixFileMode(Path.Combine(_root, "one.txt"), Plain | UnixFileMode.UserExecute));
        await ChangesAsync(() => File.Move(Path.Combine(_root, "one.txt"), Path.Combine(_root, "uno.txt")));
        await ChangesAsync(() => Write("empty.txt", ""));
        await ChangesAsync(() => Directory.CreateDirectory(Path.Combine(_root, "folder")));
        await ChangesAsync(() => File.CreateSymbolicLink(Path.Combine(_root, "link"), "uno.txt"));
        await ChangesAsync(() =>
        {
            File.Delete(Path.Combine(_root, "link"));
            File.CreateSymbolicLink(Path.Combine(_root, "link"), "empty.txt");
        });

        async Task ChangesAsync(Action change)
        {
            change();
            Assert.True(hashes.Add(await HashAsync()));
        }
    }

    [Fact]
    public async Task Other_inputs_change_the_hash_too_and_their_order_does_not()
    {
        var one = await HashAsync(("dockerfile", "FROM a"), ("agent", "1"));

        Assert.Equal(one, await HashAsync(("agent", "1"), ("dockerfile", "FROM a")));
        Assert.NotEqual(one, await HashAsync(("dockerfile", "FROM b"), ("agent", "1")));
        Assert.NotEqual(one, await HashAsync(("dockerfile", "FROM a"), ("agent", "2")));
        Assert.NotEqual(one, await HashAsync(("dockerfile", "FROM aagent"), ("", "1")));
    }

    [Fact]
    public async Task What_is_ignored_does_not_change_the_hash()
    {
        Write("one.txt", "1");
        var before = await HashAsync();

        Write("__pycache__/one.pyc", "x");
        Write(".git/index", "x");

        Assert.Equal(before, await HashAsync());
    }

    [Fact]
    public void A_context_holds_the_source_and_what_is_added()
    {
        Write("run.sh", "#!/bin/sh");
        File.SetUnixFileMode(Path.Combine(_root, "run.sh"), Plain | UnixFileMode.UserExecute);
        Write("sub/empty.txt", "");
        File.SetUnixFileMode(Path.Combine(_root, "sub"), Plain | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(_root, "link"), "../outside");
        var context = Path.Combine(_root, ".context");
        var source = Scan();

        for (var times = 0; times < 2; times++)
        {
            BuildContext.Lay(
                context, source, "source", Texts(("nua/start.json", "{}")), Texts(("nua/agent", Path.Combine(_root, "run.sh"))), Cancellation);
        }

        Assert.Equal("{}", File.ReadAllText(Path.Combine(context, "nua/start.json")));
        Assert.Equal("#!/bin/sh", File.ReadAllText(Path.Combine(context, "nua/agent")));
        Assert.Equal("../outside", new FileInfo(Path.Combine(context, "source/link")).LinkTarget);
        Assert.Equal(Plain | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(context, "source/run.sh")));
        Assert.Equal(Plain | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(context, "source/sub")));
        Assert.Equal(0, new FileInfo(Path.Combine(context, "source/sub/empty.txt")).Length);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SourceFolder Scan() => SourceFolder.Scan(_root, Cancellation);

    private Task<string> HashAsync(params (string Name, string Text)[] inputs) => ContentHash.OfAsync(Scan(), Texts(inputs), Cancellation);

    private static Dictionary<string, string> Texts(params (string Name, string Text)[] texts) =>
        texts.ToDictionary(text => text.Name, text => text.Text);

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
