using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua env show INSTANCE</c></summary>
internal static class EnvCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("env", "See the environment of an instance.", "nua env show guestbook", 3, 8)
        {
            Show(server, terminal),
        };

    private static VerbCommand Show(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var command = new VerbCommand(
            "show", "Show the variables of an instance's workloads, without the secret ones' values.", "nua env show guestbook", 3, 8)
        {
            instance,
        };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var view = await server.EnvironmentAsync(line.GetRequiredValue(instance), cancellation);
            return Answer.Of(view, ApiJson.Default.EnvironmentView, console => Show(console, view));
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, EnvironmentView view)
    {
        var table = PlainTable.Of("WORKLOAD", "NAME", "VALUE");
        foreach (var one in view.Variables)
        {
            var value = one switch
            {
                { Secret: true } => "[grey](secret)[/]",
                { Value: null } => "[grey](made at the first deployment)[/]",
                _ => Markup.Escape(Words.Harmless(one.Value)),
            };
            table.AddRow(Markup.Escape(one.Workload), Markup.Escape(Words.Harmless(one.Name)), value);
        }

        console.Write(table);
    }
}
