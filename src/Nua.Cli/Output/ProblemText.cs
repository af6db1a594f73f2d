using System.Text.Json;
using Nua.Api;
using Nua.Core.Packages;
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

    /// <summary>Everything that is wrong with a package, as one problem.</summary>
    public static ProblemView View(PackageException failure) => ProblemView.Of(
        "invalid",
        "package.invalid",
        failure.Findings is [var only] ? only.Problem.Message : $"The package has {failure.Findings.Count} mistakes.",
        "Mend what is listed; 'nua validate' checks again.",
        [.. failure.Findings.Select(finding => finding.ToString())]);

    public static void Write(IAnsiConsole console, ProblemView problem)
    {
        console.MarkupLineInterpolated($"[red bold]error:[/] {problem.Detail} [grey][[{problem.Code}]][/]");
        foreach (var detail in problem.Details)
        {
            console.WriteLine($"       {Words.Harmless(detail)}");
        }

        console.MarkupLineInterpolated($"[blue] hint:[/] {problem.Hint}");
    }
}
