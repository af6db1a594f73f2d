using Nua.Engine.Build;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>Which Node.js an app gets, and which program installs it.</summary>
public sealed class NodePlanTests
{
    private static readonly (string, string) Start = ("server.js", "x");

    [Theory]
    [InlineData("{}", "22.23.3", "nothing asks for another version")]
    [InlineData("""{"engines": {"node": ">=18"}}""", "22.23.3", "package.json asks for >=18")]
    [InlineData("""{"engines": {"node": "^18 || ^20"}}""", "20.20.2", "package.json asks for ^18 || ^20")]
    [InlineData("""{"engines": {"node": "18.x"}}""", "18.20.8", "package.json asks for 18.x")]
    [InlineData("""{"engines": {"npm": ">=9"}}""", "22.23.3", "nothing asks for another version")]
    public void Engines_say_which_version(string manifest, string version, string because)
    {
        var plan = Planning.Plan("", ("package.json", manifest), Start);

        Assert.Equal(new Decision("Node.js", version, because), Decided(plan, "Node.js"));
        Assert.Equal(version, plan.Bases["NUA_BASE"].Version);
    }

    [Theory]
    [InlineData(".nvmrc", "v20.11.1\n", "20.20.2")]
    [InlineData(".nvmrc", "# ours\n\nlts/iron\n", "20.20.2")]
    [InlineData(".nvmrc", "lts/*", "22.23.3")]
    [InlineData(".node-version", "24", "24.21.0")]
    public void A_file_of_a_version_manager_goes_before_engines(string file, string text, string version)
    {
        var plan = Planning.Plan("", ("package.json", """{"engines": {"node": "18"}}"""), (file, text), Start);

        Assert.Equal(version, Decided(plan, "Node.js").Choice);
    }

    [Theory]
    [InlineData("\"node-18\"", "18.20.8")]
    [InlineData("{ name = \"node\", version = \"^20.1\" }", "20.20.2")]
    public void The_nua_config_goes_before_all_files(string builder, string version)
    {
        var plan = Planning.Plan($"[build]\nbuilder = {builder}\n", ("package.json", """{"engines": {"node": "24"}}"""), (".nvmrc", "22"), Start);

        Assert.Equal(version, Decided(plan, "Node.js").Choice);
    }

    [Theory]
    [InlineData("pnpm-lock.yaml", "lockfileVersion: '9.0'\n", "pnpm 10.34.9")]
    [InlineData("pnpm-lock.yaml", "lockfileVersion: '6.0'\n", "pnpm 8.15.9")]
    [InlineData("pnpm-lock.yaml", "lockfileVersion: 5.4\n", "pnpm 7.33.7")]
    [InlineData("yarn.lock", "# yarn lockfile v1\n", "yarn 1.22.22")]
    [InlineData("yarn.lock", "# x\n\n__metadata:\n  version: 6\n", "yarn 3.8.7")]
    [InlineData("yarn.lock", "__metadata:\n  version: 8\n", "yarn 4.13.0")]
    [InlineData("yarn.lock", "__metadata:\n  version: 9\n", "yarn 4.14.1")]
    [InlineData("yarn.lock", "__metadata:\n  version: 10\n", "yarn 4.18.1")]
    public void A_lock_file_says_which_program_installs(string file, string text, string manager)
    {
        var plan = Planning.Plan("", ("package.json", "{}"), (file, text), Start);

        Assert.Equal(manager, Decided(plan, "package manager").Choice);
        Assert.Contains($"{manager.Replace("yarn 3", "@yarnpkg/cli-dist 3").Replace("yarn 4", "@yarnpkg/cli-dist 4").Replace(' ', '@')} && echo '", plan.Dockerfile, StringComparison.Ordinal);
        Assert.Equal($"{file} pins them", Decided(plan, "dependencies").Because);
    }

    [Theory]
    [InlineData("pnpm@9.1.0", "pnpm 9.1.0")]
    [InlineData("yarn@1.22.19", "yarn 1.22.19")]
    [InlineData("npm@9.9.4", "npm 9.9.4")]
    public void The_manifest_says_so_where_there_is_no_lock(string asked, string manager)
    {
        var plan = Planning.Plan("", ("package.json", $$"""{"packageManager": "{{asked}}", "dependencies": {"ms": "2"} }"""), Start);

        Assert.Equal(new Decision("package manager", manager, $"package.json has packageManager = \"{asked}\""), Decided(plan, "package manager"));
        Assert.Contains($"npm pack --silent {asked} && npm install", plan.Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_is_compared_with_what_it_is_the_hash_of()
    {
        const string Hash = "0123456789012345678901234567890123456789";
        var yarn = Planning.Plan("", ("package.json", $$"""{"packageManager": "yarn@4.1.0+sha1.{{Hash}}", "dependencies": {"ms": "2"} }"""), Start);
        var pnpm = Planning.Plan("", ("package.json", $$"""{"packageManager": "pnpm@9.1.0+sha1.{{Hash}}", "dependencies": {"ms": "2"} }"""), Start);

        Assert.Contains($"./*.tgz && echo '{Hash} ' lib/node_modules/@yarnpkg/cli-dist/bin/yarn.js | sha1sum -c --quiet", yarn.Dockerfile, StringComparison.Ordinal);
        Assert.Contains($"echo '{Hash} ' *.tgz | sha1sum -c --quiet && npm install", pnpm.Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_lock_files_the_one_that_is_asked_for_counts()
    {
        (string, string)[] files = [("yarn.lock", ""), ("package-lock.json", "{}"), Start];

        Assert.StartsWith("npm ci", Dependencies("{}"), StringComparison.Ordinal);
        Assert.Contains("yarn install", Dependencies("""{"packageManager": "yarn@1.22.22"}"""), StringComparison.Ordinal);
        Assert.StartsWith("npm ci", Dependencies("""{"packageManager": "pnpm@9.1.0"}"""), StringComparison.Ordinal);

        string Dependencies(string manifest) => Decided(Planning.Plan("", [("package.json", manifest), .. files]), "dependencies").Choice;
    }

    [Fact]
    public void A_package_that_names_nothing_to_install_is_not_installed()
    {
        var plan = Planning.Plan("", ("package.json", """{"scripts": {"build": "node build.js"}}"""), Start);

        Assert.Equal(new Decision("dependencies", "none ; npm run build", "package.json names none"), Decided(plan, "dependencies"));
        Assert.DoesNotContain("npm install", plan.Dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("node_modules", plan.Dockerfile, StringComparison.Ordinal);
    }

    private static Decision Decided(BuildPlan plan, string about) => Assert.Single(plan.Decisions, decision => decision.About == about);
}
