using System.Text.Json;
using Nua.Api;
using Nua.Cli;
using Nua.Cli.Output;
using Xunit;

namespace Nua.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("deplo x", "'nua' has no command 'deplo'.", "Did you mean 'deploy'?")]
    [InlineData("server stat", "'nua server' has no command 'stat'.", "Did you mean 'start'?")]
    [InlineData("xyzzy", "'nua' has no command 'xyzzy'.", "See 'nua --help'.")]
    [InlineData("logs guestbook --tial 3", "'nua logs' has no option '--tial'.", "Did you mean '--tail'?")]
    [InlineData("deploy --domian", "'nua deploy' has no option '--domian'.", "Did you mean '--domain'?")]
    [InlineData("apps now", "'nua apps' has no use for 'now'.", "See 'nua apps --help'.")]
    [InlineData("operations", "Required command was not provided.", "See 'nua operations --help'.")]
    [InlineData("stop a --wait --no-wait", "--wait and --no-wait contradict each other.", "See 'nua stop --help'.")]
    [InlineData("logs a --since 5parsecs", "'5parsecs' is no length of time: write 90s, 10m, 2h or 3d.", "See 'nua logs --help'.")]
    public async Task A_line_that_makes_no_sense_is_answered_in_two_lines_with_exit_code_2(string words, string message, string hint)
    {
        using var line = new Line();

        var exit = await line.RunAsync(words.Split(' '));

        Assert.Equal(2, exit);
        Assert.Equal($"error: {message} [cli.usage]\n hint: {hint}\n", line.Error);
        Assert.Empty(line.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_interrupts_a_command_that_owes_a_document_still_gets_one(bool json)
    {
        using var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, TerminalLook.Plain, TimeProvider.System);
        using var server = NuaClient.Over("/nowhere/socket");
        var line = NuaCommand.Create(Surroundings.Nothing.ChoiceIn(NuaHome.Under("/nowhere"), "/nowhere/socket"), server, terminal).Parse(json ? "apps --json" : "apps");

        Assert.Equal(130, await terminal.AnswerAsync(line, () => throw new OperationCanceledException()));

        Assert.Equal(json ? "cli.interrupted" : null, json ? JsonDocument.Parse(output.ToString()).RootElement.GetProperty("code").GetString() : null);
        Assert.Equal(json, output.ToString().Length > 0);
    }

    [Fact]
    public void What_others_wrote_moves_no_cursor()
    {
        using var output = new StringWriter();
        var console = Spectre.Console.AnsiConsole.Create(new() { Ansi = Spectre.Console.AnsiSupport.No, Out = new Spectre.Console.AnsiConsoleOutput(output) });

        ProblemText.Write(console, ProblemView.Of("invalid", "a.b", "bad \e[2Jname", "do \e]0;x\athis", ["a\rb"]));

        Assert.DoesNotContain('\e', output.ToString());
        Assert.DoesNotContain('\r', output.ToString());
    }

    [Fact]
    public async Task What_looks_like_an_option_is_a_name_after_two_dashes()
    {
        using var line = new Line();

        await line.RunAsync("status", "--", "-odd");

        Assert.Contains("server.unreachable", line.Error);
    }

    [Fact]
    public async Task Without_a_server_the_answer_is_how_to_start_one()
    {
        using var line = new Line();

        var exit = await line.RunAsync("apps");

        Assert.Equal(8, exit);
        Assert.Equal(
            """
            error: No Nua server answers on /nowhere/nua/run/server.sock. [server.unreachable]
             hint: Start one with 'nua server start' or './run'; if one runs elsewhere, set NUA_HOME to its folder.

            """,
            line.Error);
    }

    [Fact]
    public async Task With_json_trouble_is_a_document_too()
    {
        using var line = new Line();

        var exit = await line.RunAsync("apps", "--json");

        using var document = JsonDocument.Parse(line.Output);
        Assert.Equal(8, exit);
        Assert.Equal("server.unreachable", document.RootElement.GetProperty("code").GetString());
        Assert.Equal(8, document.RootElement.GetProperty("exit").GetInt32());
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    [InlineData("version")]
    public async Task The_version_is_one_line(string word)
    {
        using var line = new Line();

        Assert.Equal(0, await line.RunAsync(word));
        Assert.Matches(@"\Anua \d+\.\d+\.\d+\S*\n\z", line.Output);
    }

    [Fact]
    public async Task Nua_alone_greets_and_says_what_to_do_next()
    {
        using var line = new Line();

        Assert.Equal(0, await line.RunAsync());
        Assert.Contains("runs web applications on your own machine", line.Output);
        Assert.Contains("nua server start", line.Output);
    }

    [Fact]
    public async Task Nothing_is_destroyed_without_a_yes()
    {
        using var line = new Line();

        Assert.Equal(4, await line.RunAsync("destroy", "guestbook"));
        Assert.Contains("cli.not-confirmed", line.Error);
    }
}
