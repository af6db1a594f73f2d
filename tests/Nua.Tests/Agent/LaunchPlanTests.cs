using Nua.Agent.Starting;
using Nua.Core.Problems;
using Nua.Core.Starting;
using Xunit;

namespace Nua.Tests.Agent;

public sealed class LaunchPlanTests
{
    private static readonly StartFile Image = new("nua", "/nua/build", ["prepare"], ["migrate", "serve --port ${PORT}"]);

    [Fact]
    public void An_image_starts_its_lines_in_order_as_its_user()
    {
        var plan = Plan(Image);

        Assert.Equal(("nua", "/nua/build"), (plan.User, plan.WorkingDirectory));
        Assert.Equal(["prepare", "migrate", "serve --port ${PORT}"], plan.Launches.Select(launch => launch.Name));
        Assert.Equal(["/bin/sh", "-c", "serve --port ${PORT}"], plan.Launches[^1].Arguments);
    }

    [Fact]
    public void A_program_on_the_command_line_is_started_instead_and_without_a_shell()
    {
        var plan = Plan(Image, "--", "psql", "-c", "select 1");

        Assert.Equal(["psql", "-c", "select 1"], Assert.Single(plan.Launches).Arguments);
        Assert.Equal("nua", plan.User);
    }

    [Fact]
    public void Two_dashes_are_needed_only_before_a_program_that_begins_with_one()
    {
        Assert.Equal(["ls", "--user", "-l"], Plan(Image, "ls", "--user", "-l").Launches[0].Arguments);
        Assert.Equal(["-odd"], Plan(Image, "--", "-odd").Launches[0].Arguments);
    }

    [Fact]
    public void User_and_folder_on_the_command_line_win()
    {
        var plan = Plan(Image, "--user", "postgres", "--workdir", "/data", "--", "postgres");

        Assert.Equal(("postgres", "/data"), (plan.User, plan.WorkingDirectory));
    }

    [Fact]
    public void Without_an_image_of_ours_the_program_runs_as_whoever_we_are()
    {
        var plan = Plan(image: null, "server");

        Assert.Null(plan.User);
        Assert.Null(plan.WorkingDirectory);
    }

    [Fact]
    public void What_prepares_a_start_runs_before_the_agent_becomes_the_user()
    {
        var plan = Plan(Image with { Prepare = ["render"] });

        Assert.Equal(["/bin/sh", "-c", "render"], Assert.Single(plan.Preparations).Arguments);
        Assert.Equal(("nua", false), (plan.User, plan.StaysRoot));
        Assert.DoesNotContain("render", plan.Launches.Select(launch => launch.Name));
    }

    [Fact]
    public void A_program_on_the_command_line_is_not_prepared_for() =>
        Assert.Empty(Plan(Image with { Prepare = ["render"] }, "psql").Preparations);

    [Fact]
    public void Where_the_server_starts_as_root_what_goes_before_it_still_runs_as_the_user()
    {
        var plan = Plan(Image with { StartsAsRoot = true });

        Assert.True(plan.StaysRoot);
        Assert.Equal(["start", "--user", "nua", "--", "/bin/sh", "-c", "prepare"], plan.Launches[0].Arguments.Skip(1));
        Assert.Equal(["/bin/sh", "-c", "serve --port ${PORT}"], plan.Launches[^1].Arguments);
        Assert.False(Plan(Image with { StartsAsRoot = true }, "psql").StaysRoot);
    }

    [Fact]
    public void Nothing_to_start_is_said()
    {
        var refusal = Assert.Throws<NuaException>(() => Plan(new StartFile(Before: ["prepare"])));

        Assert.Equal("agent.nothing-to-start", refusal.Problem.Code);
    }

    [Theory]
    [InlineData("--user")]
    [InlineData("--workdir")]
    [InlineData("--verbose")]
    public void A_command_line_that_makes_no_sense_is_refused(string line) => Assert.Null(StartArguments.Parse([line]));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3 << 8, 3)]
    [InlineData(255 << 8, 255)]
    [InlineData(15, 143)]
    [InlineData(9, 137)]
    [InlineData(11 | 0x80, 139)]
    public void Ways_to_end_become_what_a_shell_reports(int status, int exitCode) =>
        Assert.Equal(exitCode, ChildProcess.ExitCodeOf(status));

    private static LaunchPlan Plan(StartFile? image, params string[] line) =>
        LaunchPlan.For(StartArguments.Parse(line)!, image, "/bin/sh");
}
