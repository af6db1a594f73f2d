using System.Text.Json;
using System.Text.RegularExpressions;
using Nua.Testing;
using Nua.Tests.Server;
using Xunit;

namespace Nua.Tests.Cli;

/// <summary>The daily commands, from the words typed to what is read, against a server with nothing real behind it.</summary>
public sealed partial class CommandTests
{
    [Fact]
    public async Task A_deploy_says_where_it_answers_and_how_to_go_back()
    {
        await using var server = await ServerWorld.StartAsync();
        server.World.AddImage("2.0");
        using var first = new Line(server.Home.ServerSocket);
        using var second = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await first.RunAsync("deploy", "notes:1.0"));
        Assert.Equal(0, await second.RunAsync("deploy", "notes:2.0"));

        Golden.Equal("Cli/deploy-progress", Steady(first.Error));
        Assert.Equal(
            "notes answers on https://notes.localhost:8443/ (deployment 1, 1 test passed, T s).\n" +
            "Look at it: nua status notes. Remove it: nua destroy notes\n",
            Steady(first.Output));
        Assert.Equal(
            "notes answers on https://notes.localhost:8443/ (deployment 2, 1 test passed, T s).\n" +
            "Go back: nua deploy nua-notes:1.0 --as notes\n",
            Steady(second.Output));
    }

    [Fact]
    public async Task A_deploy_that_fails_ends_with_the_problem_and_its_exit_code()
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(3, await line.RunAsync("deploy", "nothing", "--quiet"));

        Assert.Empty(line.Output);
        Assert.Equal(
            "error: There is no image 'nothing' built by Nua on this server. [deploy.no-image]\n" +
            " hint: Build it with 'nua build DIR', or see what there is with 'nua image list'.\n",
            line.Error);
    }

    [Fact]
    public async Task With_json_a_deploy_answers_one_document()
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("deploy", "notes", "--as", "mine", "--domain", "mine.localhost", "--json"));

        using var answer = JsonDocument.Parse(line.Output);
        Assert.Equal("mine", answer.RootElement.GetProperty("instance").GetString());
        Assert.True(answer.RootElement.GetProperty("changed").GetBoolean());
        Assert.Equal("https://mine.localhost:8443/", answer.RootElement.GetProperty("url").GetString());
        Assert.Equal("succeeded", answer.RootElement.GetProperty("operation").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_site_that_fails_keeps_no_other_from_being_deployed()
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);
        var file = Path.Combine(Directory.CreateTempSubdirectory("nua-sites-").FullName, "sites.toml");
        await File.WriteAllTextAsync(
            file,
            """
            [[site]]
            image = "nothing"
            domain = "a.localhost"
            label = "a"

            [[site]]
            image = "notes"
            domain = "b.localhost"
            label = "b"
            """,
            TestContext.Current.CancellationToken);

        Assert.Equal(9, await line.RunAsync("deploy", file, "--json"));

        using var answer = JsonDocument.Parse(line.Output);
        var sites = answer.RootElement.GetProperty("sites");
        Assert.Equal("a", sites[0].GetProperty("instance").GetString());
        Assert.Equal("deploy.no-image", sites[0].GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal("https://b.localhost:8443/", sites[1].GetProperty("url").GetString());
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task What_lost_its_name_to_a_newer_build_is_cleaned_up_unless_a_deployment_ran_it()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        var images = server.World.Images;
        var deployed = images.Unname("nua-notes:1.0");
        images.Add("nua-notes:0.9", "notes", "{}");
        var left = images.Unname("nua-notes:0.9");
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("server", "cleanup"));

        Assert.Contains($"Removed the image {left.Id}", line.Output);
        Assert.Null(await images.FindAsync(left.Id, TestContext.Current.CancellationToken));
        Assert.NotNull(await images.FindAsync(deployed.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_does_not_wait_is_told_how_to_follow()
    {
        await using var server = await ServerWorld.StartAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("deploy", "notes", "--no-wait"));

        Assert.Matches(
            @"\AThe deploy of notes is under way: \w{32}\nFollow it: nua operations show \w{32} --follow\n\z", line.Output);
        var id = Id.Match(line.Output).Value;
        using var following = new Line(server.Home.ServerSocket);
        Assert.Equal(0, await following.RunAsync("operations", "show", id, "--follow"));
        Assert.StartsWith("The deploy of notes succeeded", following.Output);
    }

    [Fact]
    public async Task Apps_and_status_are_tables_for_people()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.Runtime.Crash("nua_notes_database_1", exitCode: 3);
        using var apps = new Line(server.Home.ServerSocket);
        using var status = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await apps.RunAsync("apps"));
        Assert.Equal(0, await status.RunAsync("status", "notes"));

        Golden.Equal("Cli/apps", Steady(apps.Output));
        Golden.Equal("Cli/status", Steady(status.Output));
    }

    [Fact]
    public async Task Metrics_are_a_table_and_who_does_not_answer_is_named()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var answered = new Line(server.Home.ServerSocket);
        using var silent = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await answered.RunAsync("metrics", "notes"));
        server.World.Runtime.Pause("nua_notes_database_1");
        Assert.Equal(0, await silent.RunAsync("metrics", "notes"));

        Golden.Equal("Cli/metrics", Steady(answered.Output));
        Assert.Contains("database does not answer: ", silent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_a_line_each_and_one_document_a_line_with_json()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.Runtime.Write("nua_notes_app_1", "\e[1mhello\e[0m \e[2Jthere");
        using var people = new Line(server.Home.ServerSocket);
        using var programs = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await people.RunAsync("logs", "notes"));
        Assert.Equal(0, await programs.RunAsync("logs", "notes", "--json"));

        Assert.Equal("TIME app | hello [2Jthere\n", Steady(people.Output));
        Assert.Equal("app", JsonDocument.Parse(programs.Output).RootElement.GetProperty("workload").GetString());
    }

    [Fact]
    public async Task Names_of_instances_are_completed()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(0, await line.RunAsync("[suggest:14]", "nua status not"));

        Assert.Equal("notes\n", line.Output);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task A_shell_gets_its_script(string shell)
    {
        using var line = new Line();

        Assert.Equal(0, await line.RunAsync("completion", shell));
        Assert.Contains("[suggest:", line.Output);
    }

    [Fact]
    public async Task The_doctor_finds_what_is_down_and_says_how_to_look_at_it()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        server.World.Runtime.Crash("nua_notes_app_1");
        using var line = new Line(server.Home.ServerSocket);

        Assert.Equal(9, await line.RunAsync("doctor", "--json"));

        using var answer = JsonDocument.Parse(line.Output);
        var checks = answer.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.GetProperty("name").GetString()!, check => check.GetProperty("state").GetString());
        Assert.Equal("well", checks["engine answers"]);
        Assert.Equal("ill", checks["instances run"]);
    }

    /// <summary>What differs from run to run, by its name.</summary>
    private static string Steady(string text) => Id.Replace(
        Age.Replace(Seconds.Replace(Moment.Replace(text, "TIME"), "T s"), "${state} AGE"), "ID").Replace(Environment.UserName, "USER");

    [GeneratedRegex(@"\d+\.\d s", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Seconds { get; }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Moment { get; }

    [GeneratedRegex(@"(?<state>running|succeeded,)\s+\d+ s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Age { get; }

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id { get; }
}
