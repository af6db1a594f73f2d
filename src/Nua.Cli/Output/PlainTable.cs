using Spectre.Console;

namespace Nua.Cli.Output;

/// <summary>Tables without lines: easy on the eye, and easy to cut with awk.</summary>
internal static class PlainTable
{
    public static Table Of(params IEnumerable<string> titles)
    {
        var table = new Table().NoBorder();
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn($"[grey]{title}[/]").NoWrap().PadLeft(0).PadRight(2));
        }

        return table;
    }
}
