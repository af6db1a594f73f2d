using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua exec INSTANCE -- COMMAND</c> and <c>nua shell INSTANCE</c></summary>
internal static class ExecCommand
{
    private static readonly string[] Shell = ["/bin/sh", "-c", "if [ -x /bin/bash ]; then exec /bin/bash; else exec /bin/sh; fi"];

    public static Command Exec(NuaClient server, Terminal terminal)
    {
        var words = CommandWords();
        return Create(
            "exec",
            "Run a command in a workload that runs, as its user and with its environment.",
            "nua exec guestbook -- python3 -m guestbook.stats",
            server,
            terminal,
            words,
            line => line.GetRequiredValue(words));
    }

    public static Command InShell(NuaClient server, Terminal terminal) => Create(
        "shell", "Open a shell in a workload that runs, as its user and with its environment.", "nua shell guestbook", server, terminal, words: null, _ => Shell);

    /// <summary>What stands after <c>--</c>.</summary>
    public static Argument<string[]> CommandWords() => new("command")
    {
        Description = "The program and its arguments, after '--'.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static VerbCommand Create(
        string verb,
        string description,
        string example,
        NuaClient server,
        Terminal terminal,
        Argument<string[]>? words,
        Func<ParseResult, IReadOnlyList<string>> wordsOf)
    {
        var instance = InstanceArgument.Required(server);
        var workload = new Option<string?>("--workload", "-w") { Description = "In which workload: app, or a provider's name.", HelpName = "ROLE" };
        var options = new CommandOptions();
        var command = new VerbCommand(verb, description, example, 3, 4, 8) { instance, workload };
        if (words is not null)
        {
            command.Arguments.Add(words);
        }

        options.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var body = options.BodyOf(line, wordsOf(line), line.GetValue(workload));
            return CommandOptions.TalkAsync(
                line, server, terminal, body, () => server.ExecAsync(line.GetRequiredValue(instance), body, cancellation), cancellation);
        });
        return command;
    }
}
