using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua apps</c></summary>
internal static class AppsCommand
{
    private static readonly string[] Columns = ["INSTANCE", "STATE", "APP", "DEPLOYMENT", "ADDRESS"];

    public static Command Create(NuaClient server, Terminal terminal)
    {
        var command = new VerbCommand("apps", "List the instances and whether they run.", "nua apps --json", 8);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.InstancesAsync(cancellation);
            return Answer.Of(list, ApiJson.Default.InstanceList, console => Show(console, list));
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, InstanceList list)
    {
        if (list.Instances.Count == 0)
        {
            console.WriteLine("No instances yet. Deploy one: nua deploy FOLDER");
            return;
        }

        var busy = list.Instances.Any(one => one.UnderWay is not null);
        var shared = list.Instances.Any(one => one.Tenants is not null);
        var table = PlainTable.Of([.. Columns, .. shared ? ["SHARED BY"] : Array.Empty<string>(), .. busy ? ["UNDER WAY"] : Array.Empty<string>()]);
        foreach (var one in list.Instances)
        {
            table.AddRow([
                Markup.Escape(one.Name),
                Words.State(one.State),
                Markup.Escape($"{one.App} {one.Version}"),
                $"{one.Deployment}",
                Markup.Escape(one.Url ?? "-"),
                .. shared ? [one.Tenants is { Count: > 0 } tenants ? string.Join(", ", tenants) : "-"] : Array.Empty<string>(),
                .. busy ? [Markup.Escape(one.UnderWay is { } now ? OperationText.Of(now) : "-")] : Array.Empty<string>(),
            ]);
        }

        console.Write(table);
    }
}
