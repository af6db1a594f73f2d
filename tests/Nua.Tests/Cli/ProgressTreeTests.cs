using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;
using Xunit;

namespace Nua.Tests.Cli;

public sealed class ProgressTreeTests : IDisposable
{
    private readonly StringWriter _written = new() { NewLine = "\n" };

    [Fact]
    public void In_a_file_each_step_is_a_line_once_it_has_ended()
    {
        using (var tree = Tree(TerminalLook.Plain))
        {
            Play(tree);
        }

        Assert.Equal(
            """
            deploy notes
              ✓ start app  1.2 s
              ✗ test it through the gateway  1 min 12 s
              ↶ undo: start app  0.3 s

            """,
            _written.ToString());
    }

    [Fact]
    public void Verbose_shows_the_lines_of_the_log_without_what_would_move_the_cursor()
    {
        using (var tree = Tree(TerminalLook.Plain, verbose: true))
        {
            tree.Show(new OperationEventView.Line("\e[2J\e[31mCollecting\e[0m flask\r"));
        }

        Assert.Equal("      [2JCollecting flask\n", _written.ToString());
    }

    [Fact]
    public void On_a_terminal_the_step_under_way_is_drawn_and_then_drawn_over()
    {
        var look = TerminalLook.Plain with { Live = true, ErrorWidth = 80 };
        using (var tree = Tree(look))
        {
            tree.Show(Step("started"));
            tree.Show(new OperationEventView.Line("Collecting flask"));
            tree.Show(Step("done", 1200));
        }

        Assert.Matches("""\A  ⠋ start app  0\.\d s  (\r\e\[2K  .*)*\r\e\[2K  ✓ start app  1\.2 s\n\z""", _written.ToString());
    }

    [Fact]
    public async Task A_step_of_the_command_itself_that_fails_is_told_as_such()
    {
        using (var tree = Tree(TerminalLook.Plain))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => tree.StepAsync<int>("send 3 files", () => throw new InvalidOperationException()));
        }

        Assert.Matches(@"\A  ✗ send 3 files  \d\.\d s\n\z", _written.ToString());
    }

    public void Dispose() => _written.Dispose();

    private static void Play(ProgressTree tree)
    {
        tree.Begin("deploy notes");
        tree.Show(Step("started"));
        tree.Show(new OperationEventView.Line("a line nobody asked for"));
        tree.Show(Step("done", 1234));
        tree.Show(Step("started", name: "test it through the gateway"));
        tree.Show(Step("failed", 72_000, "test it through the gateway"));
        tree.Show(Step("undone", 300));
    }

    private static OperationEventView.StepChanged Step(string state, long? milliseconds = null, string name = "start app") =>
        new(new StepView(1, name, state, DateTimeOffset.UnixEpoch, milliseconds));

    private ProgressTree Tree(TerminalLook look, bool verbose = false)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(_written),
        });
        console.Profile.Width = 10_000;
        return new ProgressTree(console, look, verbose, TimeProvider.System);
    }
}
