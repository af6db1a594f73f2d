using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using Nua.Agent.Sbom;
using Nua.Agent.Sbom.Readers;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Agent;

/// <summary>Images as folders: what the agent finds in them, and how it is written down.</summary>
public sealed class BillTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nua-bill-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void An_image_of_many_ecosystems_has_one_bill()
    {
        AddDebian();
        AddLanguages();
        Write("nua/metadata/nua-config.json", """{"metadata": {"id": "shop", "version": "1.2", "release": 3, "title": "Shop"}}""");

        Golden.Equal("Agent/bill", Document());
    }

    [Fact]
    public void Equal_images_have_equal_bills_in_whatever_order_they_were_written()
    {
        Write("a/node_modules/x/package.json", """{"name": "x", "version": "1"}""");
        Write("b/node_modules/x/package.json", """{"name": "x", "version": "1", "license": "MIT"}""");
        var first = Document();
        Directory.Delete(Path.Combine(_root, "a"), recursive: true);
        Write("a/node_modules/x/package.json", """{"name": "x", "version": "1"}""");

        Assert.Equal(first, Document());
        var (component, foundAt) = Assert.Single(Bill.Of(_root, BillLimits.Usual).Components);
        Assert.Equal("MIT", component.Licence?.Text);
        Assert.Equal(["/a/node_modules/x/package.json", "/b/node_modules/x/package.json"], foundAt);
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_stops_nothing()
    {
        Write("opt/broken.jar", "no archive");
        Write("opt/node_modules/bad/package.json", "{");
        Write("opt/node_modules/good/package.json", """{"name": "good", "version": "1"}""");
        Write("opt/app.deps.json", "[]");
        Write("opt/empty.jar", "");

        var bill = Bill.Of(_root, BillLimits.Usual);

        Assert.Equal(["/opt/broken.jar", "/opt/empty.jar", "/opt/node_modules/bad/package.json"], bill.Unread);
        Assert.Equal(["pkg:npm/good@1"], bill.Components.Select(one => one.Component.Purl));
        Assert.Contains("\"incomplete\"", Document(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_much_is_left_out_and_said_so()
    {
        foreach (var number in Enumerable.Range(0, 20))
        {
            Write($"node_modules/p{number}/package.json", $$"""{"name": "p{{number}}", "version": "1"}""");
        }

        var bill = Bill.Of(_root, BillLimits.Usual with { Components = 5 });

        Assert.False(bill.IsComplete);
        Assert.Equal(5, bill.Components.Count);
        Assert.False(Bill.Of(_root, BillLimits.Usual with { Files = 3 }).IsComplete);
        Assert.False(Bill.Of(_root, BillLimits.Usual with { Time = TimeSpan.FromTicks(-1) }).IsComplete);
    }

    [Fact]
    public void Neither_links_nor_the_kernels_folders_are_followed()
    {
        Write("real/node_modules/x/package.json", """{"name": "x", "version": "1"}""");
        Write("proc/node_modules/y/package.json", """{"name": "y", "version": "1"}""");
        Write("srv/proc/node_modules/z/package.json", """{"name": "z", "version": "1"}""");
        Directory.CreateSymbolicLink(Path.Combine(_root, "alias"), Path.Combine(_root, "real"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "real", "loop"), _root);

        var bill = Bill.Of(_root, BillLimits.Usual);

        Assert.Equal(["pkg:npm/x@1", "pkg:npm/z@1"], bill.Components.Select(one => one.Component.Purl));
        Assert.All(bill.Components, one => Assert.Single(one.FoundAt));
    }

    [Fact]
    public void An_archive_in_an_archive_is_looked_into_and_one_that_unpacks_without_end_is_not()
    {
        var inner = Zip(("META-INF/maven/org.lib/lib/pom.properties", "groupId=org.lib\nartifactId=lib\nversion=2"u8.ToArray()));
        Write("app.jar", Zip(("BOOT-INF/lib/lib-2.jar", inner), ("META-INF/maven/org.app/app/pom.properties", "groupId=org.app\nartifactId=app\nversion=1"u8.ToArray())));
        Write("bomb.jar", Zip(("META-INF/MANIFEST.MF", new byte[2 << 20])));

        var bill = Bill.Of(_root, BillLimits.Usual);

        Assert.Equal(["pkg:maven/org.app/app@1", "pkg:maven/org.lib/lib@2"], bill.Components.Select(one => one.Component.Purl));
        Assert.Equal(["/app.jar!/BOOT-INF/lib/lib-2.jar"], bill.Components[1].FoundAt);
        Assert.Equal(["/bomb.jar"], bill.Unread);
    }

    [Theory]
    [InlineData("deb", "debian", "libc++1", "1:2.0~rc1+b1", "pkg:deb/debian/libc%2B%2B1@1:2.0~rc1%2Bb1")]
    [InlineData("npm", "@scope", "name", "1.0.0", "pkg:npm/%40scope/name@1.0.0")]
    [InlineData("golang", "github.com/a/b", "c", "", "pkg:golang/github.com/a/b/c")]
    public void A_package_url_is_written_as_its_standard_says(string type, string space, string name, string version, string expected) =>
        Assert.Equal(expected, PackageUrl.Of(type, space, name, version));

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("(MIT OR Apache-2.0) AND BSD-3-Clause", true)]
    [InlineData("GPL-2.0-or-later WITH Classpath-exception-2.0", true)]
    [InlineData("SEE LICENSE IN LICENSE.md", false)]
    [InlineData("UNLICENSED", false)]
    [InlineData("MIT/Apache", false)]
    public void A_licence_is_an_expression_only_when_it_is_one(string text, bool expression) =>
        Assert.Equal(new Licence(text, expression), Licence.Expression(text));

    [Theory]
    [InlineData("")]
    [InlineData("UNKNOWN")]
    [InlineData("Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation")]
    public void A_licences_text_is_not_its_name(string text) => Assert.Null(Licence.Named(text));

    [Theory]
    [InlineData("http-2-0.11.0", "pkg:gem/http-2@0.11.0")]
    [InlineData("grpc-1.60.0-x86_64-darwin-19", "pkg:gem/grpc@1.60.0?platform=x86_64-darwin-19")]
    [InlineData("rake-13", "pkg:gem/rake@13")]
    public void A_gem_without_a_stub_is_known_by_its_file(string file, string purl)
    {
        Write($"gems/specifications/{file}.gemspec", "Gem::Specification.new\n");

        Assert.Equal(purl, Assert.Single(Bill.Of(_root, BillLimits.Usual).Components).Component.Purl);
    }

    [Fact]
    public void No_program_however_broken_is_more_than_unread() =>
        Gen.Byte.Array[0, 300].Sample(
            noise =>
            {
                var elf = Elf(".go.buildinfo", Encoding.ASCII.GetBytes("\u007f"));
                noise.CopyTo(elf, Math.Min(0x28, elf.Length - noise.Length));
                Write("bin/odd", elf);
                _ = Bill.Of(_root, BillLimits.Usual);
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void No_list_of_Go_however_broken_is_more_than_unread() =>
        Gen.Byte.Array[0, 200].Sample(
            noise =>
            {
                try
                {
                    _ = GoBuildInfo.Parse([.. GoHeader(), .. noise]).ToList();
                }
                catch (InvalidDataException)
                {
                    // This is what the bill counts as unread.
                }
            },
            iter: 2000);

    private void AddDebian()
    {
        Write("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
        Write(
            "var/lib/dpkg/status",
            """
            Package: curl
            Status: install ok installed
            Architecture: amd64
            Version: 1:7.88.1-10+deb12u5
            Description: command line tool
             Version: not this one
             .
             more

            Package: libssl3
            Status: install ok installed
            Architecture: amd64
            Source: openssl (3.0.11-1)
            Version: 3.0.11-1+b1

            Package: gone
            Status: deinstall ok config-files
            Version: 1

            Package: never
            Status: unknown ok not-installed
            """);
        Write(
            "usr/share/doc/curl/copyright",
            """
            Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

            Files: *
            Copyright: 1996, Daniel
            License: curl
             Permission to use, copy
            """);
        Write("usr/share/doc/libssl3/copyright", "This is free prose.\nLicense: none\n");
    }

    private void AddLanguages()
    {
        Write(
            "nua/venv/lib/python3.11/site-packages/Flask_Login-0.6.3.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: Flask_Login\nVersion: 0.6.3\nClassifier: Framework :: Flask\nClassifier: License :: OSI Approved :: MIT License\n\nName: not this\n");
        Write("usr/lib/python3/dist-packages/six.egg-info/PKG-INFO", "Metadata-Version: 1.0\nName: six\nVersion: 1.16.0\nLicense: MIT\n");
        Write("usr/lib/python3/dist-packages/pytz-2022.7.egg-info", "Metadata-Version: 1.0\nName: pytz\nVersion: 2022.7\nLicense: UNKNOWN\n");
        Write("nua/build/node_modules/@types/node/package.json", """{"name": "@types/node", "version": "20.1.0", "license": "MIT"}""");
        Write("nua/build/node_modules/old/package.json", """{"name": "old", "version": "0.1.0", "licenses": [{"type": "MIT"}, {"type": "Apache-2.0"}]}""");
        Write("nua/build/node_modules/old/lib/package.json", """{"type": "module"}""");
        Write("usr/local/include/node/node_version.h", "#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 23\n#define NODE_PATCH_VERSION 3\n#define NODE_TAG \"\"\n");
        Write(
            "var/lib/gems/3.1.0/specifications/nokogiri-1.15.4-x86_64-linux.gemspec",
            "# -*- encoding: utf-8 -*-\n# stub: nokogiri 1.15.4 x86_64-linux lib\n\n  s.licenses = [\"MIT\".freeze, \"BSD-2-Clause\".freeze]\n");
        Write("opt/lib-2.0.jar", Zip(("META-INF/MANIFEST.MF", Encoding.UTF8.GetBytes("Manifest-Version: 1.0\r\nBundle-Version: 2.0\r\nBundle-License: Apache-2.0;link=x\r\n"))));
        Write(
            "nua/app/shop.deps.json",
            """{"libraries": {"Shop/1.0.0": {"type": "project"}, "Npgsql/8.0.1": {"type": "package"}, "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.1": {"type": "runtimepack"}}}""");
        Write("srv/vendor/composer/installed.json", """{"packages": [{"name": "Monolog/Monolog", "version": "3.5.0", "license": ["MIT"]}]}""");
        Write(
            "nua/build/Cargo.lock",
            "version = 3\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"serde\"\nversion = \"1.0.190\"\nsource = \"registry+https://example.org/index\"\n");
        Write("usr/local/bin/server", Elf(".go.buildinfo", GoSection()));
        Write("usr/local/bin/tool-1.2", Elf(".dep-v0", RustSection()));
    }

    private static byte[] GoHeader()
    {
        var header = new byte[32];
        header[0] = 0xFF;
        " Go buildinf:"u8.CopyTo(header.AsSpan(1));
        (header[14], header[15]) = (8, 2);
        return header;
    }

    private static byte[] GoSection()
    {
        var modules = Encoding.UTF8.GetBytes(
            "path\texample.org/server\nmod\texample.org/server\t(devel)\t\n"
            + "dep\tgithub.com/Lib/PQ\tv1.10.9\th1:a=\ndep\tgolang.org/x/net\tv0.1.0\th1:b=\n=>\tgolang.org/x/net\tv0.17.0\th1:c=\n");
        byte[] marked = [.. Enumerable.Repeat((byte)0x30, 16), .. modules, .. Enumerable.Repeat((byte)0xF9, 16)];
        return [.. GoHeader(), 8, .. "go1.22.3"u8, (byte)((marked.Length & 0x7F) | 0x80), (byte)(marked.Length >> 7), .. marked];
    }

    private static byte[] RustSection()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            zlib.Write(
                """{"packages": [{"name": "tool", "version": "1.2.0", "source": "local"}, {"name": "clap", "version": "4.4.0", "source": "crates.io"}, {"name": "cc", "version": "1.0.0", "source": "crates.io", "kind": "build"}]}"""u8);
        }

        return packed.ToArray();
    }

    /// <summary>A program of two sections: the given one, and their names.</summary>
    private static byte[] Elf(string name, byte[] content)
    {
        var names = Encoding.ASCII.GetBytes($"\0{name}\0.shstrtab\0");
        var (contentAt, namesAt) = (64, 64 + content.Length);
        var tableAt = namesAt + names.Length;
        var elf = new byte[Math.Max(120_000, tableAt + (3 * 64))];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(elf);
        BinaryPrimitives.WriteInt64LittleEndian(elf.AsSpan(0x28), tableAt);
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(0x3A), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(0x3C), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(0x3E), 2);
        content.CopyTo(elf, contentAt);
        names.CopyTo(elf, namesAt);
        Section(elf.AsSpan(tableAt + 64), nameAt: 1, contentAt, content.Length);
        Section(elf.AsSpan(tableAt + 128), nameAt: name.Length + 2, namesAt, names.Length);
        return elf;
    }

    private static void Section(Span<byte> header, int nameAt, int offset, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, nameAt);
        BinaryPrimitives.WriteInt64LittleEndian(header[0x18..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(header[0x20..], length);
    }

    private static byte[] Zip(params (string Path, byte[] Content)[] entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in entries)
            {
                using var entry = archive.CreateEntry(path).Open();
                entry.Write(content);
            }
        }

        return zip.ToArray();
    }

    private string Document()
    {
        using var output = new MemoryStream();
        CycloneDx.Write(Bill.Of(_root, BillLimits.Usual), output);
        using var _ = JsonDocument.Parse(output.ToArray());
        return Encoding.UTF8.GetString(output.ToArray()) + "\n";
    }

    private void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    private void Write(string path, byte[] content)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }
}
