using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua run INSTANCE -- COMMAND</c></summary>
internal static class RunCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var words = ExecCommand.CommandWords();
        var options = new CommandOptions();
        var command = new VerbCommand(
            "run",
            "Run a command in a container of its own, made after the app's, which goes when the command ends.",
            "nua run guestbook -- python3 -m guestbook.migrate",
            3,
            4,
            8)
        {
            instance, words,
        };
        options.AddTo(command);
        command.SetAction((line, cancellation) =>
        {
            var body = options.BodyOf(line, line.GetRequiredValue(words), workload: null);
            return CommandOptions.TalkAsync(
                line, server, terminal, body, () => server.RunAsync(line.GetRequiredValue(instance), body, cancellation), cancellation);
        });
        return command;
    }
}
