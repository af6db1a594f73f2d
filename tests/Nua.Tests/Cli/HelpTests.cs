using System.CommandLine;
using Nua.Api;
using Nua.Cli;
using Nua.Cli.Output;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Cli;

public sealed class HelpTests
{
    [Theory]
    [InlineData("", "Cli/help")]
    [InlineData("deploy", "Cli/help-deploy")]
    [InlineData("server logs", "Cli/help-server-logs")]
    public async Task Help_shows_usage_options_an_example_and_exit_codes(string command, string golden)
    {
        using var line = new Line();

        Assert.Equal(0, await line.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]));
        Golden.Equal(golden, line.Output);
    }

    [Fact]
    public void Every_command_has_an_example_and_says_how_it_can_end()
    {
        var silent = All(Root()).Where(command => command is not (VerbCommand or RootCommand)).Select(HelpText.PathOf);

        Assert.Empty(silent);
    }

    [Fact]
    public void Every_example_is_a_line_nua_understands()
    {
        var wrong =
            from command in All(Root()).OfType<VerbCommand>()
            let words = Words(command.Example)
            where words[0] != "nua" || Root().Parse(words.Skip(1).ToList()).Errors.Count > 0
            select $"{HelpText.PathOf(command)}: {command.Example}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_option_and_argument_says_what_it_is()
    {
        var silent =
            from command in All(Root())
            from symbol in command.Options.Cast<Symbol>().Concat(command.Arguments)
            where string.IsNullOrWhiteSpace(symbol.Description)
            select $"{HelpText.PathOf(command)} {symbol.Name}";

        Assert.Empty(silent);
    }

    [Fact]
    public void Every_command_and_option_is_in_the_reference()
    {
        var reference = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));
        var missing =
            from command in All(Root())
            let path = HelpText.PathOf(command)
            from name in command.Options.Where(option => !option.Recursive).Select(option => option.Name).Prepend($"`{path}")
            where !Section(reference, path).Contains(name)
            select $"{path}: {name}";

        Assert.Empty(missing);
    }

    internal static RootCommand Root()
    {
        var home = NuaHome.Under("/nowhere/nua");
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, TerminalLook.Plain, TimeProvider.System);
        return NuaCommand.Create(Surroundings.Nothing.ChoiceIn(home, home.ServerSocket), NuaClient.Over(home.ServerSocket), terminal);
    }

    internal static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    /// <summary>What an example means once a shell has taken away what is the shell's.</summary>
    private static List<string> Words(string example) =>
        [.. example.Replace("source <(", "").TrimEnd(')').Split(" > ")[0].Split(' ')];

    /// <summary>From the command's own heading to the next.</summary>
    private static string Section(string reference, string path)
    {
        var start = reference.IndexOf($"### `{path}", StringComparison.Ordinal);
        var end = start < 0 ? -1 : reference.IndexOf("\n### ", start + 1, StringComparison.Ordinal);
        return start < 0 ? "" : end < 0 ? reference[start..] : reference[start..end];
    }
}
