using Nua.Core.Problems;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Go modules, compiled and run on a real engine.</summary>
public sealed class GoBuildTests : IAsyncDisposable
{
    private const string Main =
        """
        package main

        import (
        	"fmt"
        	"os"

        	"shop.example/till"
        )

        func main() {
        	text, err := os.ReadFile("templates/front.txt")
        	fmt.Println(string(text), till.Greeting, err)
        }
        """;

    private readonly Workshop _workshop = new();

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task A_vendored_module_becomes_one_program_beside_what_it_reads()
    {
        _workshop
            .Config("")
            .Write("go.mod", "module shop\n\ngo 1.17\n\nrequire shop.example/till v1.0.0\n")
            .Write("vendor/modules.txt", "# shop.example/till v1.0.0\n## explicit\nshop.example/till\n")
            .Write("vendor/shop.example/till/till.go", "package till\n\nconst Greeting = \"from the till\"\n")
            .Write("templates/front.txt", "welcome")
            .Write("main.go", Main);

        var built = await _workshop.BuildAsync();

        Assert.Equal("go", built.Builder);
        Assert.Equal((0, "welcome from the till <nil>\n"), await _workshop.RunAsync());
        Assert.Equal((0, "/nua/app/shop\n/nua/build/go.mod\n/nua/build/templates/front.txt\n"), await _workshop.RunAsync("sh", "-c", "find /nua/app /nua/build -type f | sort"));
        Assert.NotEqual(0, (await _workshop.RunAsync("sh", "-c", "command -v go")).ExitCode);
        Assert.InRange((await _workshop.FindAsync(built.Reference))!.SizeBytes, 0, 100_000_000);

        _workshop.Write("main.go", Main.Replace("text), till", "text), \"and goodbye\", till", StringComparison.Ordinal));
        await _workshop.BuildAsync();

        Assert.Equal((0, "welcome and goodbye from the till <nil>\n"), await _workshop.RunAsync());
    }

    [Fact]
    public async Task A_program_below_cmd_that_uses_C_is_linked_with_it()
    {
        _workshop
            .Config("")
            .Write("go.mod", "module shop\n")
            .Write("cmd/greet/main.go", "package main\n\n// #include <stdlib.h>\nimport \"C\"\n\nfunc main() { println(C.abs(-7)) }\n");

        await _workshop.BuildAsync();

        Assert.Equal((0, "7\n"), await _workshop.RunAsync());
    }

    [Fact]
    public async Task Who_needs_a_newer_Go_than_there_is_is_told_which_there_is()
    {
        _workshop.Config("").Write("go.mod", "module shop\n\ngo 9.1.2\n").Write("main.go", "package main\n\nfunc main() {}\n");

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.Invalid, "build.version-unavailable"), (problem.Kind, problem.Code));
        Assert.Contains("'9.1.2'", problem.Message, StringComparison.Ordinal);
        Assert.Matches("It has: 1\\.[0-9.]+, the distribution's own", problem.Hint);
    }

    [Fact]
    public async Task A_version_that_the_distribution_does_not_package_is_refused_with_those_it_does()
    {
        _workshop.Config("[build]\nbuilder = \"go-1.1\"\n").Write("go.mod", "module shop\n").Write("main.go", "package main\n\nfunc main() {}\n");

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.NotFound, "image.no-source"), (problem.Kind, problem.Code));
        Assert.Matches("no package golang-1.1-go; it has golang-1\\.[0-9]+-go", problem.Message);
    }

    [Fact]
    public async Task A_module_that_cannot_be_had_is_named()
    {
        _workshop
            .Config("")
            .Write("go.mod", "module shop\n\nrequire nosuch.invalid/till v1.0.0\n")
            .Write("main.go", "package main\n\nimport _ \"nosuch.invalid/till\"\n\nfunc main() {}\n");

        var problem = await _workshop.FailAsync();

        Assert.Equal("build.package-missing", problem.Code);
        Assert.Contains("Go module 'nosuch.invalid/till@v1.0.0'", problem.Message, StringComparison.Ordinal);
    }
}
