using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua deployments INSTANCE</c></summary>
internal static class DeploymentsCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var command = new VerbCommand(
            "deployments", "List an instance's history, newest first.", "nua deployments guestbook", 3, 8) { instance };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.DeploymentsAsync(line.GetRequiredValue(instance), cancellation);
            return Answer.Of(list, ApiJson.Default.DeploymentList, console => Show(console, list));
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, DeploymentList list)
    {
        var table = PlainTable.Of("", "NUMBER", "VERSION", "DEPLOYED", "DOMAIN", "IMAGE");
        foreach (var one in list.Deployments)
        {
            table.AddRow(
                one.Current ? "[green]*[/]" : " ",
                $"{one.Number}",
                Markup.Escape(one.Version),
                Words.Time(one.At),
                Markup.Escape(one.Domain),
                Markup.Escape(one.Image));
        }

        console.Write(table);
    }
}
