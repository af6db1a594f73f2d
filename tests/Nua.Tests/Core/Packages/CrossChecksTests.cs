using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>What each part may say, and all of them together cannot.</summary>
public sealed class CrossChecksTests
{
    private const string Metadata = "[metadata]\nid = 'a'\nversion = '1'\ntitle = 't'\nauthor = 'x'\n";

    private const string Circle =
        """
        [[provider]]
        name = "start"
        module-name = "postgres"
        env = { A = { from = "one", key = "x" } }
        [[provider]]
        name = "one"
        module-name = "postgres"
        env = { A = { from = "two", key = "x" } }
        [[provider]]
        name = "two"
        module-name = "postgres"
        env = { A = { from = "one", key = "x" } }
        """;

    [Theory]
    [InlineData("[[provider]]\nname = 'a'\nmodule-name = 'postgres'\nmodule-version = 'newest'", "9:1", "package.bad-version-range")]
    [InlineData(Circle, "13:22", "package.providers-in-a-circle")]
    [InlineData("[port.web]\ncontainer = 80\nhost = 1\n[port.a]\ncontainer = 81\nhost = 1\nprotocol = 'TCP'", "11:8", "package.used-twice")]
    [InlineData("[[provider]]\nname = 'a'\nmodule-name = 'postgres'\n[[provider.volume]]\nname = 'a'\ntarget = '/x'\n[[provider.volume]]\nname = 'b'\ntarget = '/x/'", "14:10", "package.used-twice")]
    public void What_would_stop_a_deployment_is_an_error(string lines, string place, string code)
    {
        var finding = Assert.Single(PackageReader.Inspect("a.toml", Metadata + lines).Findings);

        Assert.Equal((FindingSeverity.Error, code), (finding.Severity, finding.Problem.Code));
        Assert.Equal(place, $"{finding.Line}:{finding.Column}");
    }

    [Theory]
    [InlineData("[[provider]]\nname = 'a'\nmodule-name = 'postgers'", "package.unknown-module", "Did you mean \"postgres\"?")]
    [InlineData("[build]\nmethod = 'wrap'", "package.nothing-to-wrap", "Add 'base-image = …' to [build].")]
    [InlineData("[build]\nmethod = 'wrap'\nbase-image = ''", "package.nothing-to-wrap", "Add 'base-image = …' to [build].")]
    [InlineData("[[provider]]\nname = 'a'", "package.provider-of-nothing", "Add 'module-name = …', 'base-image = …' in its 'build', or 'type = \"app\"'.")]
    [InlineData("[[provider]]\nname = 'a'\nbuild = { base-image = '' }", "package.provider-of-nothing", "Add 'module-name = …', 'base-image = …' in its 'build', or 'type = \"app\"'.")]
    [InlineData("[[provider]]\nname = 'a'\ntype = 'docker-image'", "package.provider-of-nothing", "Add 'module-name = …', 'base-image = …' in its 'build', or 'type = \"app\"'.")]
    [InlineData("[[provider]]\nname = 'a'\ntype = 'app'\nmodule-name = 'postgres'", "package.module-and-app", "Remove one of the two.")]
    public void What_can_be_read_and_may_not_work_is_a_warning(string lines, string code, string hint)
    {
        var finding = Assert.Single(PackageReader.Inspect("a.toml", Metadata + lines).Findings);

        Assert.Equal((FindingSeverity.Warning, code, hint), (finding.Severity, finding.Problem.Code, finding.Problem.Hint));
    }

    [Fact]
    public void The_circle_is_told_from_end_to_end() =>
        Assert.Contains(": one needs two needs one.", PackageReader.Inspect("a.toml", Metadata + Circle).Findings[0].Problem.Message);

    [Fact]
    public void A_volume_of_its_own_is_no_circle() =>
        Assert.Empty(PackageReader.Inspect("a.toml", Metadata + """
            [[provider]]
            name = "a"
            type = "volume"
            env = { A = { from = "a", key = "target" } }
            [[provider.volume]]
            name = "a"
            target = "/a"
            """).Findings);

    [Fact]
    public void A_value_of_its_own_is_no_circle() =>
        Assert.Empty(PackageReader.Inspect("a.toml", Metadata + """
            [[provider]]
            name = "a"
            module-name = "postgres"
            env = { A = { from = "a", key = "POSTGRES_DB" } }
            """).Findings);

    [Fact]
    public void The_same_port_of_two_protocols_is_two_ports() =>
        Assert.Empty(PackageReader.Inspect("a.toml", Metadata + "[port.a]\ncontainer = 53\nhost = 53\n[port.b]\ncontainer = 53\nhost = 53\nprotocol = 'udp'\n").Findings);

    [Fact]
    public void Thousands_of_providers_in_a_row_are_looked_through()
    {
        var row = string.Concat(Enumerable.Range(0, 1500).Select(number =>
            $"[[provider]]\nname = 'p{number}'\nmodule-name = 'postgres'\nenv = {{ A = {{ from = 'p{number + 1}', key = 'x' }} }}\n"));

        Assert.Empty(PackageReader.Inspect("a.toml", $"{Metadata}{row}[[provider]]\nname = 'p1500'\nmodule-name = 'postgres'\n").Findings);
    }

    [Fact]
    public void An_empty_text_names_neither_an_image_nor_an_address()
    {
        var build = PackageReader.Read("a.toml", Metadata + """
            [build]
            base-image = ""
            src-url = " "
            git-url = ""
            project = ""
            builder = ""
            document-root = ""
            """).Build;

        Assert.Equal((null, null, null), (build.BaseImage, build.SrcUrl, build.GitUrl));
        Assert.Equal((null, null, null), (build.Project, build.Builder, build.DocumentRoot));
    }
}
