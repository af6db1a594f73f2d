using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Nua.Engine.Build.Sources;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>Archives of others, some of them hostile: nothing of them leaves its folder.</summary>
public sealed class UnpackingTests : IDisposable
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private static readonly UnpackingLimits Limits = new(Bytes: 1_000_000, Entries: 100);

    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("nua-unpack-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _outside.Delete(recursive: true);

    [Fact]
    public async Task A_tar_keeps_what_counts_and_drops_what_endangers()
    {
        var root = await UnpackAsync(
            Tar(
                Folder("app-1.0/"),
                new PaxTarEntry(TarEntryType.RegularFile, "app-1.0/run.sh")
                {
                    DataStream = Content("go"),
                    Mode = Executable | UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit,
                },
                File("app-1.0/lib/a.txt", "a"),
                Link("app-1.0/bin/start", "../run.sh"),
                new PaxTarEntry(TarEntryType.HardLink, "app-1.0/again.txt") { LinkName = "app-1.0/lib/a.txt" }),
            stripTop: true);

        Assert.Equal("app-1.0", Path.GetFileName(root));
        Assert.Equal(Executable, System.IO.File.GetUnixFileMode(Path.Combine(root, "run.sh")));
        Assert.Equal("go", await System.IO.File.ReadAllTextAsync(Path.Combine(root, "bin/start"), Cancellation));
        Assert.Equal("a", await System.IO.File.ReadAllTextAsync(Path.Combine(root, "again.txt"), Cancellation));
    }

    [Fact]
    public async Task A_file_of_other_content_has_another_time_within_the_same_second()
    {
        var times = new List<DateTime>();
        foreach (var content in new[] { "one", "two", "one" })
        {
            var file = new PaxTarEntry(TarEntryType.RegularFile, "hello.txt") { DataStream = Content(content), ModificationTime = DateTimeOffset.UnixEpoch };
            var root = await UnpackAsync(Tar(file), stripTop: false);
            times.Add(System.IO.File.GetLastWriteTimeUtc(Path.Combine(root, "hello.txt")));
        }

        Assert.NotEqual(times[0], times[1]);
        Assert.Equal(times[0], times[2]);
        Assert.All(times, time => Assert.Equal(0, (long)(time - DateTime.UnixEpoch).TotalSeconds));
    }

    [Fact]
    public async Task A_zip_keeps_execute_bits_and_links()
    {
        var root = await UnpackAsync(
            Zip(zip =>
            {
                Add(zip, "app/run.sh", "go", mode: 0x8000 | 0b111_101_101);
                Add(zip, "app/setuid", "go", mode: 0x8000 | 0b100_111_101_101);
                Add(zip, "app/start", "run.sh", mode: 0xA000 | 0b111_111_111);
                Add(zip, "app/dos.txt", "x", mode: 0);
                zip.CreateEntry("app/empty/");
            }),
            stripTop: true);

        Assert.Equal(Executable, System.IO.File.GetUnixFileMode(Path.Combine(root, "run.sh")));
        Assert.Equal(Executable, System.IO.File.GetUnixFileMode(Path.Combine(root, "setuid")));
        Assert.Equal("run.sh", new FileInfo(Path.Combine(root, "start")).LinkTarget);
        Assert.Equal("x", await System.IO.File.ReadAllTextAsync(Path.Combine(root, "dos.txt"), Cancellation));
        Assert.True(Directory.Exists(Path.Combine(root, "empty")));
    }

    [Theory]
    [InlineData("one/a", "one/b", "one")]
    [InlineData("one/a", "two/b", "")]
    [InlineData("one/a", "b", "")]
    [InlineData("a", "b", "")]
    public async Task A_single_folder_at_the_top_is_the_root(string first, string second, string expected)
    {
        var root = await UnpackAsync(Tar(File(first, "1"), File(second, "2")), stripTop: true);

        Assert.Equal(Path.Combine(Target, expected).TrimEnd('/'), root);
    }

    public static TheoryData<string, byte[]> Hostile() => new()
    {
        { "Escapes", Tar(File("../x", "")) },
        { "Escapes", Tar(File("a/../../x", "")) },
        { "Escapes", Tar(File("/tmp/x", "")) },
        { "Escapes", Tar(Folder("../x/")) },
        { "Escapes", Tar(Link("x", "/etc")) },
        { "Escapes", Tar(Link("x", "..")) },
        { "Escapes", Tar(Link("d/x", "../..")) },
        { "Escapes", Tar(Link("a/here", ".."), Link("a/up", "here/..")) },
        { "Escapes", Tar(File("top/a", ""), Link("top/x", "../other")) },
        { "Escapes", Tar(HardLink("x", "/etc/passwd")) },
        { "Escapes", Tar(HardLink("x", "../canary")) },
        { "BadEntry", Tar(HardLink("x", "not-there")) },
        { "BadEntry", Tar(File("a", "1"), HardLink("x", "a//")) },
        { "BadEntry", Tar(Link("l", "d"), HardLink("x", "l/y")) },
        { "BadEntry", Tar(Link("l", "d"), File("l/x", "")) },
        { "BadEntry", Tar(Link("l", "d"), Link("l/x", "y")) },
        { "BadEntry", Tar(File("x", "1"), File("x", "2")) },
        { "BadEntry", Tar(File("x", "1"), File("./x", "2")) },
        { "BadEntry", Tar(File("x", "1"), Link("x", "y")) },
        { "BadEntry", Tar(Link("x", "y"), Link("x", "z")) },
        { "BadEntry", Tar(File("x", "1"), File("x/y", "2")) },
        { "BadEntry", Tar(new PaxTarEntry(TarEntryType.Fifo, "x")) },
        { "BadEntry", Tar(new PaxTarEntry(TarEntryType.CharacterDevice, "x")) },
        { "BadEntry", Tar(new PaxTarEntry(TarEntryType.BlockDevice, "x")) },
        { "BadEntry", Tar(File(new string('x', 300), "")) },
        { "BadEntry", Tar(File(string.Concat(Enumerable.Repeat("abc/", 1000)) + "x", "")) },
        { "BadEntry", NotUtf8() },
        { "TooLarge", Tar(File("x", new string('x', 1_000_001))) },
        { "TooLarge", Tar([.. Enumerable.Range(0, 101).Select(number => File($"{number}", ""))]) },
        { "TooLarge", Tar(File(string.Concat(Enumerable.Repeat("d/", 101)) + "x", "")) },
        { "TooLarge", Tar([File("0", new string('x', 20_000)), .. Enumerable.Range(1, 90).Select(number => HardLink($"{number}", "0"))]) },
        { "TooLarge", LongHeader() },
        { "NoArchive", Tar(File("x", new string('x', 5_000)))[..3_000] },
        { "NoArchive", Tar(File("x", "1"))[..300] },
        { "NoArchive", [.. Enumerable.Repeat((byte)'?', 2_000)] },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_tar_is_refused_and_writes_nothing_outside(string fault, byte[] tar)
    {
        var refusal = await Assert.ThrowsAsync<UnpackingException>(() => UnpackAsync(tar, stripTop: true));

        Assert.Equal(fault, refusal.Fault.ToString());
        AssertNothingOutside();
    }

    public static TheoryData<string, byte[]> HostileZips() => new()
    {
        { "Escapes", Zip(zip => Add(zip, "../x", "")) },
        { "Escapes", Zip(zip => Add(zip, "/tmp/x", "")) },
        { "Escapes", Zip(zip => Add(zip, "x", "/etc", mode: 0xA000)) },
        { "Escapes", Zip(zip => Add(zip, "x", "../..", mode: 0xA000)) },
        { "BadEntry", Zip(zip => { Add(zip, "l", "d", mode: 0xA000); Add(zip, "l/x", ""); }) },
        { "BadEntry", Zip(zip => { Add(zip, "x", "1"); Add(zip, "x", "2"); }) },
        { "BadEntry", Zip(zip => Add(zip, "x", "", mode: 0x2000)) },
        { "BadEntry", Zip(zip => Add(zip, "x", new string('x', 5_000), mode: 0xA000)) },
        { "BadEntry", Encrypted() },
        { "TooLarge", Zip(zip => Add(zip, "x", new string('x', 1_000_001))) },
        { "TooLarge", Zip(zip => Enumerable.Range(0, 101).ToList().ForEach(number => Add(zip, $"{number}", ""))) },
        { "TooLarge", Zip(zip => Enumerable.Range(0, 1_000).ToList().ForEach(number => Add(zip, $"{number}", ""))) },
        { "NoArchive", Zip(zip => Add(zip, "x", "1"))[..^30] },
        { "NoArchive", [(byte)'P', (byte)'K', 3, 4, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(HostileZips))]
    public async Task A_hostile_zip_is_refused_and_writes_nothing_outside(string fault, byte[] zip)
    {
        var refusal = await Assert.ThrowsAsync<UnpackingException>(() => UnpackAsync(zip, stripTop: true));

        Assert.Equal(fault, refusal.Fault.ToString());
        AssertNothingOutside();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(5_000)]
    public async Task A_zip_that_lies_about_a_size_is_refused(int claimed)
    {
        var zip = Zip(zip => Add(zip, "x", new string('x', 2_000)));

        // In the table of contents, 24 bytes after its signature; and in the entry's own header.
        Overwrite(zip, IndexOf(zip, [(byte)'P', (byte)'K', 1, 2]) + 24, claimed);
        Overwrite(zip, 22, claimed);

        await Assert.ThrowsAsync<UnpackingException>(() => UnpackAsync(zip, stripTop: false));
        AssertNothingOutside();
    }

    [Fact]
    public Task Whatever_an_archive_holds_nothing_appears_outside() =>
        Gen.Select(Entries, Gen.Int[0, 1 << 30].Array[0, 6], Gen.Bool, Gen.Bool).SampleAsync(
            async (entries, mutations, zipped, strips) =>
            {
                var archive = zipped ? ZipOf(entries) : TarOf(entries);
                foreach (var mutation in mutations)
                {
                    archive[mutation % archive.Length] ^= (byte)(1 << (mutation % 8));
                }

                try
                {
                    AssertLinksStayIn(await UnpackAsync(archive, strips));
                }
                catch (UnpackingException)
                {
                    // Refused: nothing else may come of it.
                }

                AssertNothingOutside();
            },
            iter: 1_000,
            threads: 1);

    private static Gen<(int Kind, string Name, string Target)[]> Entries
    {
        get
        {
            string[] parts = ["a", "b", "a/b", "../a", "a/..", "b/../..", "/", "/tmp/nua-escaped", ".", "..", "", "a/b/c", "l", "l/a", "å"];
            var name = Gen.Int[0, parts.Length - 1].Array[1, 3].Select(chosen => string.Join('/', chosen.Select(part => parts[part])))
                .Select(joined => joined.Length == 0 ? "." : joined);
            return Gen.Select(Gen.Int[0, 4], name, name).Array[1, 6];
        }
    }

    private string Target => Path.Combine(_outside.FullName, "target");

    private static byte[] TarOf((int Kind, string Name, string Target)[] entries) => Tar(
    [
        .. entries.Select(entry => entry.Kind switch
        {
            0 => Folder(entry.Name),
            1 => Link(entry.Name, entry.Target),
            2 => HardLink(entry.Name, entry.Target),
            _ => File(entry.Name, entry.Target),
        }),
    ]);

    private static byte[] ZipOf((int Kind, string Name, string Target)[] entries) => Zip(zip =>
    {
        foreach (var (kind, name, target) in entries)
        {
            Add(zip, name, target, kind == 1 ? 0xA000 | 0b111_111_111 : 0);
        }
    });

    private static void AssertLinksStayIn(string root)
    {
        var all = new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories);
        foreach (var link in all.Where(found => found.LinkTarget is not null))
        {
            var end = Path.GetFullPath(link.LinkTarget!, Path.GetDirectoryName(link.FullName)!);
            Assert.StartsWith(root, end, StringComparison.Ordinal);
        }
    }

    private void AssertNothingOutside()
    {
        Assert.Equal(["canary", "target"], _outside.EnumerateFileSystemInfos().Select(found => found.Name).Order());
        Assert.Equal("sings", System.IO.File.ReadAllText(Path.Combine(_outside.FullName, "canary")));
        Assert.False(Path.Exists("/tmp/nua-escaped"));
        Assert.False(System.IO.File.Exists("/tmp/x"));
    }

    private async Task<string> UnpackAsync(byte[] archive, bool stripTop)
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_outside.FullName, "canary"), "sings", Cancellation);
        if (Directory.Exists(Target))
        {
            Directory.Delete(Target, recursive: true);
        }

        var folder = new UnpackedFolder(Directory.CreateDirectory(Target).FullName, Limits);
        using var content = new MemoryStream(archive);
        await (archive is [(byte)'P', (byte)'K', ..]
            ? ZipReading.RunAsync(content, folder, Cancellation)
            : TarReading.RunAsync(content, folder, Cancellation));
        return folder.Close(stripTop);
    }

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private static PaxTarEntry File(string name, string text) => new(TarEntryType.RegularFile, name) { DataStream = Content(text) };

    private static PaxTarEntry Folder(string name) => new(TarEntryType.Directory, name);

    private static PaxTarEntry Link(string name, string target) =>
        new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static PaxTarEntry HardLink(string name, string target) =>
        new(TarEntryType.HardLink, name) { LinkName = target };

    private static byte[] Tar(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text, int mode = 0x8000 | 0b110_100_100)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = mode << 16;
        using var content = entry.Open();
        content.Write(Encoding.UTF8.GetBytes(text));
    }

    private static byte[] Encrypted()
    {
        var zip = Zip(zip => Add(zip, "x", "secret"));
        zip[6] |= 1;
        zip[IndexOf(zip, [(byte)'P', (byte)'K', 1, 2]) + 8] |= 1;
        return zip;
    }

    private static byte[] NotUtf8()
    {
        // The name of an old header is its first hundred bytes; the checksum is the sum of all.
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "x"));
        }

        return Signed(bytes.ToArray(), header => header[0] = 0xE9);
    }

    /// <summary>An extended header that says it has a thousand million bytes.</summary>
    private static byte[] LongHeader()
    {
        var tar = Tar(File("x", "1"));
        return Signed(tar, header => "07777777777\0"u8.CopyTo(header.AsSpan(124)));
    }

    private static byte[] Signed(byte[] tar, Action<byte[]> change)
    {
        change(tar);
        tar.AsSpan(148, 8).Fill((byte)' ');
        var sum = tar.Take(512).Sum(part => part);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        return tar;
    }

    private static int IndexOf(byte[] bytes, byte[] part) => bytes.AsSpan().IndexOf(part);

    private static void Overwrite(byte[] bytes, int at, int number) => BitConverter.GetBytes(number).CopyTo(bytes, at);
}
