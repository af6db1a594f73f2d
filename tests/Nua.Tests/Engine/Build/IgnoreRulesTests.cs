using Nua.Core.Ignoring;
using Xunit;

namespace Nua.Tests.Engine.Build;

public sealed class IgnoreRulesTests
{
    [Theory]
    [InlineData(".git")]
    [InlineData(".git/config")]
    [InlineData(".env")]
    [InlineData(".yarn/cache/ms.zip")]
    [InlineData("nua/.secret")]
    [InlineData("shop/__pycache__/x.pyc")]
    [InlineData("node_modules/ws/index.js")]
    [InlineData("web/node_modules/x.js")]
    [InlineData("lib/.git")]
    [InlineData("nua-config.toml")]
    [InlineData("nua/metadata/nua-config.json")]
    public void Some_things_stay_out_by_themselves(string path) => Assert.True(IgnoreRules.Parse("").Exclude(path));

    [Theory]
    [InlineData("shop/.hidden")]
    [InlineData("nua/Dockerfile")]
    [InlineData(".npmrc")]
    [InlineData(".cargo/config.toml")]
    [InlineData(".mvn/maven.config")]
    [InlineData(".nvmrc")]
    [InlineData(".yarn/releases/yarn-4.1.0.cjs")]
    [InlineData("environment")]
    public void Others_do_not(string path) => Assert.False(IgnoreRules.Parse("").Exclude(path));

    [Theory]
    [InlineData("docs", "docs/a/b.md", true)]
    [InlineData("/docs/", "docs/a/b.md", true)]
    [InlineData("docs", "old/docs/a.md", false)]
    [InlineData("**/docs", "old/docs/a.md", true)]
    [InlineData("*.md", "a.md", true)]
    [InlineData("*.md", "docs/a.md", false)]
    [InlineData("*/*.md", "docs/a.md", true)]
    [InlineData("docs/**/x?.txt", "docs/x1.txt", true)]
    [InlineData("docs/**/x?.txt", "docs/a/b/x1.txt", true)]
    [InlineData("docs/**", "docs/a", true)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[a-c].txt", "d.txt", false)]
    [InlineData("# a comment", "# a comment", false)]
    [InlineData("\\#a", "#a", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("  spaced  ", "spaced", true)]
    public void Patterns_mean_what_they_mean_to_Docker(string pattern, string path, bool excluded) =>
        Assert.Equal(excluded, IgnoreRules.Parse(pattern).Exclude(path));

    [Fact]
    public void The_last_pattern_that_matches_decides()
    {
        var rules = IgnoreRules.Parse("*.md\n!README.md\nREADME.md\n!.well-known\ndocs\n!docs/keep.txt");

        Assert.True(rules.Exclude("README.md"));
        Assert.False(rules.Exclude(".well-known/security.txt"));
        Assert.False(rules.Exclude("docs/keep.txt"));
        Assert.True(rules.Exclude("docs/other.txt"));
    }

    [Fact]
    public void A_folder_is_walked_only_if_something_in_it_may_come_back()
    {
        var rules = IgnoreRules.Parse("docs\nbig\n!docs/*.txt");

        Assert.True(rules.MayTakeBackBelow("docs"));
        Assert.False(rules.MayTakeBackBelow("big"));
        Assert.False(rules.MayTakeBackBelow(".git"));
    }

    [Theory]
    [InlineData(".mvn/settings.xml", false)]
    [InlineData(".env", false)]
    [InlineData("nua-config.toml", false)]
    [InlineData("node_modules/x.js", false)]
    [InlineData(".git/config", true)]
    [InlineData("docs/a.md", true)]
    public void An_own_Dockerfile_finds_what_it_finds_without_Nua(string path, bool excluded) =>
        Assert.Equal(excluded, IgnoreRules.ParseForDockerfile("docs").Exclude(path));

    [Theory]
    [InlineData(".venv/bin/python", true)]
    [InlineData(".env", true)]
    [InlineData(".aws/credentials", true)]
    [InlineData("docs/a.md", true)]
    [InlineData("nua-config.toml", false)]
    [InlineData("nua/metadata/nua-config.yml", false)]
    [InlineData(".dockerignore", false)]
    [InlineData("app.py", false)]
    public void What_is_never_built_is_not_sent(string path, bool excluded) =>
        Assert.Equal(excluded, IgnoreRules.ParseForSending("docs\nnua", byDockerfile: false).Exclude(path));

    [Fact]
    public void For_an_own_Dockerfile_its_whole_context_is_sent() =>
        Assert.False(IgnoreRules.ParseForSending("", byDockerfile: true).Exclude(".mvn/settings.xml"));

    [Fact]
    public void A_Dockerfile_is_looked_at_even_when_it_is_ignored() =>
        Assert.False(IgnoreRules.Parse("Dockerfile\n**/Dockerfile\nnua").Exclude("nua/Dockerfile"));
}
