using System.Text.Json;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>What is empty, what is a default and what is a switch survive the normal form.</summary>
public sealed class NormalFormTests
{
    private const string Metadata = "[metadata]\nid = 'a'\nversion = '1'\ntitle = 't'\nauthor = 'x'\n";

    [Fact]
    public void A_provider_that_wants_no_volumes_keeps_none()
    {
        var provider = Again("[[provider]]\nname = 'db'\nmodule-name = 'postgres'\nvolume = []\n").Providers[0];

        Assert.NotNull(provider.Volumes);
        Assert.Empty(provider.Volumes);
    }

    [Theory]
    [InlineData("[metadata]\ntags = []", "metadata", "tags")]
    [InlineData("[build]\npackages = []", "build", "packages")]
    [InlineData("[build]\npackages = ''", "build", "packages")]
    public void An_empty_list_is_not_no_list(string lines, string section, string key)
    {
        var text = lines.StartsWith("[metadata]", StringComparison.Ordinal) ? Metadata + lines["[metadata]\n".Length..] : Metadata + lines;

        Assert.Equal("[]", Normal(text).GetProperty(section).GetProperty(key).GetRawText());
    }

    [Fact]
    public void A_connector_that_is_empty_differs_from_none()
    {
        const string provider = "[[provider]]\nname = 'db'\nmodule-name = 'postgres'\n";

        Assert.Equal("null", Normal(Metadata + provider).GetProperty("provider")[0].GetProperty("connector").GetRawText());
        Assert.Equal("[]", Normal(Metadata + provider + "connector = []\n").GetProperty("provider")[0].GetProperty("connector").GetRawText());
    }

    [Theory]
    [InlineData("unique_user")]
    [InlineData("unique_db")]
    [InlineData("random")]
    public void Switches_of_a_value_are_kept(string rule)
    {
        var lines = $"[env]\nA = {{ {rule} = true, persistent = false, display = true }}\n";

        var expected = PackageReader.Read("a.toml", Metadata + lines).Env["A"];

        Assert.Equal(expected, Again(lines).Env["A"]);
        Assert.Contains("\"persistent\": \"false\"", PackageWriter.ToJson(Again(lines)));
        Assert.Contains("\"display\": \"true\"", PackageWriter.ToJson(Again(lines)));
    }

    [Fact]
    public void A_section_that_says_nothing_is_not_no_section()
    {
        Assert.Equal(JsonValueKind.Null, Normal(Metadata).GetProperty("build").ValueKind);
        Assert.Equal("Proprietary", Normal(Metadata + "[build]\n").GetProperty("build").GetProperty("license").GetString());
        Assert.Equal("running", Normal(Metadata + "[run]\npost-run-status = 'running'\n").GetProperty("run").GetProperty("post-run-status").GetString());
        Assert.Equal(JsonValueKind.Null, Normal(Metadata + "[run]\n").GetProperty("run").GetProperty("post-run-status").ValueKind);
        Assert.False(Normal(Metadata).TryGetProperty("update", out _));
        Assert.Equal("auto", Normal(Metadata + "[update]\n").GetProperty("update").GetProperty("strategy").GetString());
    }

    [Fact]
    public void What_is_written_as_a_frequency_stays_as_it_is_written()
    {
        var package = Again("[backup]\nmethod = 'tgz_volumes'\nfrequency = 'daily'\n");

        Assert.Equal(TimeSpan.FromDays(1), package.Backup!.Frequency);
        Assert.Contains("\"frequency\": \"daily\"", PackageWriter.ToJson(package));
    }

    [Fact]
    public void A_frequency_nobody_understands_is_kept_with_a_warning()
    {
        var reading = PackageReader.Inspect("a.toml", Metadata + "[backup]\nfrequency = 'each full moon'\n");

        Assert.Equal((FindingSeverity.Warning, "package.unknown-frequency"), (reading.Findings[0].Severity, Assert.Single(reading.Findings).Problem.Code));
        Assert.Null(reading.Package!.Backup!.Frequency);
        Assert.Contains("each full moon", PackageWriter.ToJson(reading.Package));
    }

    [Fact]
    public void Options_of_a_backup_keep_their_kinds()
    {
        var options = Again("[backup.options]\nlevel = 3\ndry = false\nskip = ['a', 'b']\n[backup.options.more]\nx = 'y'\n").Backup!.Options;

        Assert.Equal(["3", "false", "[\"a\",\"b\"]", "{\"x\":\"y\"}"], options.Values.Select(option => JsonSerializer.Serialize(option)));
    }

    [Fact]
    public void A_number_of_many_digits_keeps_them_all()
    {
        var package = PackageReader.Read("a.json", """
            {"metadata": {"id": "a", "version": "1", "title": "t", "author": "x"}, "env": {"A": 99999999999999999999}, "docker": {"b": 99999999999999999999}}
            """);

        Assert.Equal(new Setting.Literal("99999999999999999999"), package.Env["A"]);
        Assert.Equal("99999999999999999999", package.Docker["b"].GetRawText());
    }

    private static JsonElement Normal(string text)
    {
        using var document = JsonDocument.Parse(PackageWriter.ToJson(PackageReader.Read("a.toml", text)));
        return document.RootElement.Clone();
    }

    /// <summary>The package that comes back from the normal form.</summary>
    private static Package Again(string lines)
    {
        var normal = PackageWriter.ToJson(PackageReader.Read("a.toml", Metadata + lines));
        var again = PackageReader.Read("nua-config.json", normal);
        Assert.Equal(normal, PackageWriter.ToJson(again));
        return again;
    }
}
