using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>How certificates are shown to a reader.</summary>
internal static class CertText
{
    public static void Write(IAnsiConsole console, IEnumerable<CertificateView> certificates)
    {
        var table = PlainTable.Of("NAME", "GIVEN BY", "UNTIL", "RENEWED", "SERVED", "PROBLEM");
        foreach (var one in certificates)
        {
            table.AddRow(
                Markup.Escape(one.Host),
                one.NotAfter is null ? "[yellow]stand-in[/]" : one.Imported ? "you" : Markup.Escape(one.Authority ?? "-"),
                one.NotAfter is { } end ? Words.Day(end) : "-",
                one.RenewAt is { } renewal ? Words.Day(renewal) : "-",
                Served(one.Served),
                one.Problem is null ? "" : $"[red]{Markup.Escape(Words.Harmless(one.Problem))}[/]");
        }

        console.Write(table);
    }

    public static void Write(IAnsiConsole console, ServedList seen)
    {
        var table = PlainTable.Of("NAME", "SERVED", "UNTIL", "SERIAL", "PROBLEM");
        foreach (var one in seen.Names)
        {
            table.AddRow(
                Markup.Escape(one.Host),
                Served(one),
                one.NotAfter is { } end ? Words.Day(end) : "-",
                Markup.Escape(Words.Harmless(one.Serial ?? "-")),
                Trouble(one));
        }

        console.Write(table);
    }

    public static void Write(IAnsiConsole console, string what, ImportedView one) =>
        console.WriteLine($"Your certificate {one.Serial} for {string.Join(", ", one.Names)}, good until {Words.Day(one.NotAfter)}, {what}.");

    public static void Write(IAnsiConsole console, AccountList list)
    {
        foreach (var one in list.Accounts)
        {
            console.WriteLine($"The account with {one.Authority} has a new key: {Words.Harmless(one.Account)}");
        }
    }

    private static string Served(ServedView? view) => view switch
    {
        null => "-",
        { Problem: null } => "[green]well[/]",
        _ => "[red]badly[/]",
    };

    private static string Trouble(ServedView view) =>
        view.Problem is { } problem ? $"[red]{Markup.Escape(Words.Harmless(problem))}[/]"
        : view.Warning is { } warning ? $"[yellow]{Markup.Escape(Words.Harmless(warning))}[/]"
        : "";
}
