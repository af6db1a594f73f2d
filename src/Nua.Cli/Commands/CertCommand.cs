using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua cert list</c></summary>
internal static class CertCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("cert", "See how public names stand with their certificates.", "nua cert list", 8)
        {
            List(server, terminal),
        };

    private static VerbCommand List(NuaClient server, Terminal terminal)
    {
        var command = new VerbCommand("list", "List every public name, who gave its certificate, and when it is renewed.", "nua cert list --json", 8);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.CertificatesAsync(cancellation);
            return Answer.Of(list, ApiJson.Default.CertificateList, console => Show(console, list));
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, CertificateList list)
    {
        var table = PlainTable.Of("NAME", "GIVEN BY", "UNTIL", "RENEWED", "PROBLEM");
        foreach (var one in list.Certificates)
        {
            table.AddRow(
                Markup.Escape(one.Host),
                one.NotAfter is null ? "[yellow]stand-in[/]" : Markup.Escape(one.Authority ?? "-"),
                one.NotAfter is { } end ? Words.Day(end) : "-",
                one.RenewAt is { } renewal ? Words.Day(renewal) : "-",
                one.Problem is null ? "" : $"[red]{Markup.Escape(Words.Harmless(one.Problem))}[/]");
        }

        console.Write(table);
    }
}
