using System.Text.Json;
using Nua.Api;
using Nua.Core.Problems;
using Spectre.Console;

namespace Nua.Cli.Output;

/// <summary>How a problem is put: one sentence with its code, the lines that show the cause, what to do.</summary>
internal static class ProblemText
{
    public static ProblemView View(Problem problem) => ProblemView.Of(
        JsonNamingPolicy.KebabCaseLower.ConvertName(problem.Kind.ToString()),
        problem.Code,
        problem.Message,
        problem.Hint,
        problem.Details);

    public static void Write(IAnsiConsole console, ProblemView problem)
    {
        console.MarkupLineInterpolated($"[red bold]error:[/] {Words.Harmless(problem.Detail)} [grey][[{problem.Code}]][/]");
        foreach (var detail in problem.Details)
        {
            console.WriteLine($"       {Words.Harmless(detail)}");
        }

        console.MarkupLineInterpolated($"[blue] hint:[/] {Words.Harmless(problem.Hint)}");
    }
}
