using System.Text.Json;
using Nua.Testing;
using Nua.Tests.Server;
using Xunit;

namespace Nua.Tests.Cli;

/// <summary><c>nua plan</c>, from the words typed to what is read.</summary>
public sealed class PlanCommandTests
{
    private const string Port = "[port.smtp]\ncontainer = 25\nhost = 2525\n";

    [Fact]
    public async Task A_plan_says_what_a_deploy_would_do()
    {
        await using var server = await ServerWorld.StartAsync();
        server.World.AddImage("1.1", Port);
        server.World.AddImage("2.0", config => config.Replace("JSON = ", $"GREETING = \"hello\"\nTOKEN = {{ random = true }}\nOTHER = ", StringComparison.Ordinal) + Port);
        server.World.AddOtherApp();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("plan", "notes:1.1", "--quiet", "--verbose"));
        await server.DeployAsync("notes:1.1");
        Assert.Equal(0, await line.RunAsync("plan", "notes:1.1", "--quiet"));
        Assert.Equal(0, await line.RunAsync("plan", "notes:2.0", "--quiet", "--domain", "b.example"));
        Assert.Equal(4, await line.RunAsync("plan", "wiki", "--as", "notes", "--replace", "--quiet"));

        Golden.Equal("Cli/plan", line.Output);
    }

    [Fact]
    public async Task With_exit_code_a_script_learns_whether_there_is_something_to_do()
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(10, await line.RunAsync("plan", "notes", "--exit-code", "--quiet"));
        await server.DeployAsync();
        Assert.Equal(0, await line.RunAsync("plan", "notes", "--exit-code", "--quiet"));
        Assert.Equal(3, await line.RunAsync("plan", "nothing", "--exit-code", "--quiet"));
    }

    [Fact]
    public async Task Every_site_of_a_file_has_a_plan_or_a_problem()
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);
        var file = Path.Combine(Directory.CreateTempSubdirectory("nua-sites-").FullName, "sites.toml");
        await File.WriteAllTextAsync(
            file,
            """
            [[site]]
            image = "notes"
            label = "one"
            domain = "one.localhost"
            [[site]]
            image = "nothing"
            label = "two"
            domain = "two.localhost"
            """,
            ServerWorld.Cancellation);

        Assert.Equal(9, await line.RunAsync("plan", file, "--json", "--exit-code"));

        using var answer = JsonDocument.Parse(line.Output);
        var sites = answer.RootElement.GetProperty("sites");
        Assert.Equal("new", sites[0].GetProperty("plan").GetProperty("strategy").GetString());
        Assert.Equal("deploy.no-image", sites[1].GetProperty("problem").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("", "nua-pages:1.0 is to be built (size unknown)")]
    [InlineData("[[provider]]\nname = \"part\"\ntype = \"app\"\n[provider.build]\nproject = \"part\"\n", "nua-pages__part:1.0 is to be built (size unknown)")]
    public async Task A_folder_is_planned_without_being_built_and_one_that_was_built_is_known_again(string provider, string built)
    {
        await using var server = await ServerWorld.StartAsync();
        server.World.Runtime.HeadStart = TimeSpan.FromMinutes(1);
        using var line = new Line(server.Home.ServerSocket);
        var folder = Directory.CreateTempSubdirectory("nua-plan-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "part"));
        await WriteAsync(
            "nua-config.toml",
            "[metadata]\nid = \"pages\"\nversion = \"1.0\"\ntitle = \"Pages\"\nauthor = \"The Nua developers\"\n" + provider);
        await WriteAsync("index.html", "hello");
        await WriteAsync("part/index.html", "hello from the part");

        Assert.Equal(10, await line.RunAsync("plan", folder, "--exit-code", "--quiet"));
        Assert.Contains(built, line.Output, StringComparison.Ordinal);
        Assert.Null(await server.World.Images.FindAsync("nua-pages:1.0", ServerWorld.Cancellation));

        Assert.Equal(0, await line.RunAsync("deploy", folder, "--quiet"));
        Assert.Equal(0, await line.RunAsync("plan", folder, "--exit-code", "--quiet"));

        await WriteAsync("index.html", "hello again");
        Assert.Equal(10, await line.RunAsync("plan", folder, "--exit-code", "--quiet"));

        Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder, file), text, ServerWorld.Cancellation);
    }
}
