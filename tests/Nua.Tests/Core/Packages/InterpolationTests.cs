using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Packages;

public sealed class InterpolationTests
{
    private static readonly Metadata Metadata = new() { Id = "notes", Version = "1.4", Title = "Notes {version}", Author = "us" };

    private static readonly Interpolation Names = Interpolation.Of(Metadata, new BuildSection { GitBranch = "v{version}", License = "MIT" });

    [Theory]
    [InlineData("https://x/{version}/{id}-{version}.tgz", "https://x/1.4/notes-1.4.tgz")]
    [InlineData("{git-branch}", "v1.4")]
    [InlineData("{title}", "Notes 1.4")]
    [InlineData("echo {{version}} {version}", "echo {version} 1.4")]
    [InlineData("{{{version}}}", "{1.4}")]
    [InlineData("mkdir {{cur,new}}", "mkdir {cur,new}")]
    [InlineData("mkdir {cur,new}", "mkdir {cur,new}")]
    [InlineData("echo ${HOME} {nobody} { } {}", "echo ${HOME} {nobody} { } {}")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("awk '{print $1}'", "awk '{print $1}'")]
    [InlineData("} {", "} {")]
    [InlineData("a }} b", "a } b")]
    [InlineData("{", "{")]
    [InlineData("", "")]
    public void Known_names_are_filled_and_everything_else_stays(string text, string filled) => Assert.Equal(filled, Names.Render(text));

    [Fact]
    public void A_text_filled_with_itself_does_not_grow_without_end()
    {
        var itself = string.Concat(Enumerable.Repeat("{version}", 10_000));
        var names = Interpolation.Of(Metadata with { Version = itself }, new BuildSection());

        Assert.InRange(names.Render(itself).Length, itself.Length, 3 * itself.Length);
    }

    [Fact]
    public void The_method_that_is_written_is_a_text_of_build() =>
        Assert.Equal("as build", Interpolation.Of(Metadata, new BuildSection { Method = BuildMethod.Build }).Render("as {method}"));

    [Theory]
    [InlineData("echo {version:>3}", true)]
    [InlineData("echo {version!s}", true)]
    [InlineData("echo ${version:-1}", false)]
    [InlineData("echo {nobody:>3}", false)]
    public void A_format_of_Python_is_a_warning_and_stays(string command, bool warned)
    {
        var reading = PackageReader.Inspect("a.toml", $"[metadata]\nid = 'a'\nversion = '1'\ntitle = 't'\nauthor = 'x'\n[build]\nbuild = '{command}'\n");

        Assert.Equal(warned ? ["package.placeholder-with-format"] : [], reading.Findings.Select(finding => finding.Problem.Code));
        Assert.Equal([command], Interpolation.Render(reading.Package!).Build.Commands);
    }

    [Fact]
    public void An_unknown_name_is_a_warning_where_it_stands()
    {
        var reading = PackageReader.Inspect("a.toml", """
            [metadata]
            id = "a"
            version = "1"
            title = "with { a stray brace"
            author = "x"
            [build]
            src-url = "https://x/{verison}.tgz"
            build = ["echo ${HOME}", "echo {nobody}"]
            """);

        Assert.Equal(
            [
                "a.toml:7:11: warning: 'build.src-url' holds '{verison}', but neither [metadata] nor [build] gives a text of that name; it stays as it is. Did you mean '{version}'? [package.unknown-placeholder]",
                "a.toml:8:26: warning: 'build.build[1]' holds '{nobody}', but neither [metadata] nor [build] gives a text of that name; it stays as it is. Write '{{nobody}}' if the braces are meant. [package.unknown-placeholder]",
            ],
            reading.Findings.Select(finding => finding.ToString()));
    }
}
