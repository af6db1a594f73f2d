using System.Diagnostics;
using System.Text;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Sites;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>Files that are too deep, too large, too wrong, or not text at all.</summary>
public sealed class ReadingLimitsTests
{
    private const string Metadata = "[metadata]\nid = 'a'\nversion = '1'\ntitle = 't'\nauthor = 'x'\n";

    private const string YamlMetadata = "metadata: {id: a, version: '1', title: t, author: x}\n";

    private const string JsonMetadata = """{"metadata": {"id": "a", "version": "1", "title": "t", "author": "x"}, "docker": {"a": """;

    [Theory]
    [InlineData(46, true)]
    [InlineData(47, false)]
    [InlineData(70, false)]
    public void The_three_formats_nest_equally_deep(int lists, bool good)
    {
        var nested = new string('[', lists) + "1" + new string(']', lists);

        Assert.Equal(good, PackageReader.Inspect("a.toml", $"{Metadata}[docker]\na = {nested}\n").Package is not null);
        Assert.Equal(good, PackageReader.Inspect("a.yaml", $"{YamlMetadata}docker: {{a: {nested}}}\n").Package is not null);
        Assert.Equal(good, PackageReader.Inspect("a.json", $"{JsonMetadata}{nested}}}}}").Package is not null);
    }

    [Fact]
    public void Aliases_of_YAML_add_up()
    {
        var anchors = string.Concat(Enumerable.Range(1, 70).Select(level => $"  a{level}: &a{level} [*a{level - 1}]\n"));
        var reading = PackageReader.Inspect("a.yaml", $"{YamlMetadata}docker:\n  a0: &a0 [x]\n{anchors}");

        Assert.Equal("package.too-deep", Assert.Single(reading.Findings).Problem.Code);
    }

    [Fact]
    public void Headers_and_keys_with_dots_of_TOML_add_up()
    {
        var header = string.Join('.', Enumerable.Range(1, 40).Select(level => $"k{level}"));
        var key = string.Join('.', Enumerable.Range(1, 39).Select(level => $"j{level}"));
        var reading = PackageReader.Inspect("a.toml", $"{Metadata}[docker.{header}]\n{key}.z = 1\n");

        Assert.Equal("package.too-deep", Assert.Single(reading.Findings).Problem.Code);
    }

    [Fact]
    public void An_error_is_found_among_any_number_of_warnings()
    {
        var warnings = string.Concat(Enumerable.Range(0, 300).Select(number => $"x{number} = 1\n"));
        var reading = PackageReader.Inspect("a.toml", $"{Metadata}{warnings}[port.web]\ncontainer = 0\n");

        Assert.Null(reading.Package);
        Assert.Equal("package.out-of-range", Assert.Single(reading.Findings, finding => finding.Severity == FindingSeverity.Error).Problem.Code);
        Assert.Equal("And 101 more findings.", reading.Findings[^1].Problem.Message);
    }

    [Fact]
    public void An_error_of_a_sites_file_is_found_among_any_number_of_warnings()
    {
        var warnings = string.Concat(Enumerable.Range(0, 300).Select(number => $"x{number} = 1\n"));
        var reading = SitesReader.Inspect("a.toml", $"[[site]]\nimage = 'a'\ndomain = 'a.org'\n{warnings}[site.port.web]\ncontainer = 0\n");

        Assert.Empty(reading.Sites);
        Assert.Contains(reading.Findings, finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void A_byte_that_is_no_UTF_8_has_a_place()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("[metadata]\ntitle = \"é"), 0xE9, (byte)'"'];

        var finding = Assert.Single(Assert.Throws<PackageException>(() => FileText.Decode("a.toml", bytes)).Findings);

        Assert.Equal(("package.not-utf8", 2, 11), (finding.Problem.Code, finding.Line, finding.Column));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() =>
        Assert.Equal("a = 1", FileText.Decode("a.toml", [0xEF, 0xBB, 0xBF, .. "a = 1"u8]));

    [Fact]
    public void A_file_that_is_too_large_is_named_and_measured_in_bytes()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, new string('#', 1024 * 1024 + 1));

            var finding = Assert.Single(Assert.Throws<PackageException>(() => FileText.Read(file)).Findings);

            Assert.Equal((file, 1, 1), (finding.File, finding.Line, finding.Column));
            Assert.Equal("The file holds 1048577 bytes; at most 1048576 are read.", finding.Problem.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("a.json", "{\"é\": \"éé\", x}", "1:13")]
    [InlineData("a.json", "{\n \"é\": é}", "2:7")]
    [InlineData("a.yaml", "metadata:\n\tid: a\n", "2:1")]
    [InlineData("a.yaml", "metadata:\n  id: a\n\tversion: b\n", "3:1")]
    [InlineData("a.toml", "\"é\" = 1\nx = \n", "2:5")]
    public void What_cannot_be_read_is_where_it_is_said_to_be(string file, string text, string place)
    {
        var finding = PackageReader.Inspect(file, text).Findings[0];

        Assert.Equal(("package.unreadable", place), (finding.Problem.Code, $"{finding.Line}:{finding.Column}"));
    }

    [Fact]
    public void One_long_line_of_JSON_takes_no_longer_than_many_short_ones()
    {
        var list = JsonMetadata + "[" + string.Join(',', Enumerable.Repeat("\"é\"", 60_000)) + "]}}";
        var watch = Stopwatch.StartNew();

        Assert.NotNull(PackageReader.Inspect("a.json", list).Package);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void Each_alias_of_YAML_is_a_value_of_its_own()
    {
        var package = PackageReader.Read("a.yaml", YamlMetadata + """
            env: &shared {A: "1"}
            provider:
            - {name: db, module-name: postgres, env: *shared}
            assign:
            - {key: B, random: true}
            """);

        Assert.Equal(["A", "B"], package.Env.Keys);
        Assert.Equal(["A"], package.Providers[0].Env.Keys);
    }
}
