using Nua.Core.Problems;
using Nua.Engine.Build;
using Xunit;

namespace Nua.Tests.Engine.Build;

public sealed class BuildFailureTests
{
    [Theory]
    [InlineData("E: Unable to locate package libnope-dev", "distribution package", "libnope-dev")]
    [InlineData("E: Package 'libold' has no installation candidate", "distribution package", "libold")]
    [InlineData("E: Version '9' for 'redis' was not found", "distribution package", "redis")]
    [InlineData("npm error 404  'wss@^99' is not in this registry.", "npm package", "wss@^99")]
    [InlineData("npm ERR! notarget No matching version found for ws@99.0.0.", "npm package", "ws@99.0.0")]
    [InlineData("ERROR: No matching distribution found for flaskk", "Python package", "flaskk")]
    [InlineData("go: shop.example/till@v1.0.0: Get \"https://shop.example/till.mod\": dial tcp: no such host", "Go module", "shop.example/till@v1.0.0")]
    [InlineData("[ERROR] Failed to execute goal: Could not find artifact shop.example:till:jar:9 in central (https://shop.example)", "Maven artifact", "shop.example:till:jar:9")]
    [InlineData("error: no matching package named `tilll` found", "crate", "tilll")]
    [InlineData("go: shop.example/till@v9.0.0: reading https://shop.example/till/@v/v9.0.0.mod: 404 Not Found", "Go module", "shop.example/till@v9.0.0")]
    public void A_package_that_does_not_exist_is_named(string line, string what, string name)
    {
        var problem = Explain("[base 3/3] RUN x", "earlier", line);

        Assert.Equal("build.package-missing", problem?.Code);
        Assert.Equal(ProblemKind.BuildFailed, problem?.Kind);
        Assert.Equal($"There is no {what} '{name}'.", problem?.Message);
        Assert.Equal(["earlier", line], problem?.Details);
    }

    [Fact]
    public void A_smoke_test_that_fails_is_called_so()
    {
        var problem = Explain("[tested 3/3] RUN python3 -c 'import shop'", "ModuleNotFoundError: No module named 'shop'");

        Assert.Equal("build.test-failed", problem?.Code);
        Assert.EndsWith("there is no image: python3 -c 'import shop'", problem?.Message);
    }

    [Theory]
    [InlineData("RUN --mount=type=cache,id=x,target=/nua/.cache     make all", "make all")]
    [InlineData("""RUN ["/bin/bash", "-e", "-c", "echo \"a\"\nmake\n"]""", "echo \"a\"\nmake")]
    [InlineData("""RUN ["/usr/local/bin/nua-agent", "sbom", "--user", "nua", "--", "/bin/bash", "-e", "-o", "pipefail", "-c", "echo a\nmake"]""", "echo a\nmake")]
    public void A_command_that_fails_is_shown_as_the_packager_wrote_it(string step, string command)
    {
        var problem = Explain($"[build 5/5] {step}", "make: *** No rule");

        Assert.Equal("build.command-failed", problem?.Code);
        Assert.EndsWith($"there is no image: {command}", problem?.Message);
    }

    [Fact]
    public void A_compiler_that_is_too_old_is_an_unavailable_version()
    {
        var problem = Explain("[build 3/6] RUN x", "nua: go 1.25 is wanted, 1.19.8 is there");

        Assert.Equal("build.version-unavailable", problem?.Code);
        Assert.Equal("The go builder has no version '1.25'.", problem?.Message);
        Assert.StartsWith("It has: 1.19.8, the distribution's own.", problem?.Hint);
        Assert.NotEmpty(problem!.Details);
    }

    [Fact]
    public void Other_problems_stay_what_they_are() =>
        Assert.Null(BuildFailure.Explain(new Problem(ProblemKind.Unavailable, "runtime.unreachable", "x", "y"), "nua-shop:1"));

    private static Problem? Explain(string step, params string[] log) => BuildFailure.Explain(
        new Problem(ProblemKind.BuildFailed, "image.build-failed", $"The build of 'nua-shop:1' failed at: {step}", "x", log), "nua-shop:1");
}
