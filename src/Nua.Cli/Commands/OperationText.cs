using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>What is said of an operation in passing.</summary>
internal static class OperationText
{
    /// <summary>What it does, who asked, since when, and where it is.</summary>
    public static string Of(UnderWayView one)
    {
        var step = one.Step is { } name ? $", step {one.StepNumber} '{name}'" : "";
        return $"{one.Kind} by {one.StartedBy} since {Words.Time(one.StartedAt)}{(one.State == "stuck" ? ", stuck" : "")}{step}";
    }

    /// <summary>What the reconciler found and did; or why it could not.</summary>
    public static void ShowRepairs(IAnsiConsole console, OperationView operation)
    {
        if (operation.Result is { } result && result.TryGetProperty("repairs", out var repairs))
        {
            foreach (var repair in repairs.EnumerateArray())
            {
                console.WriteLine($"  {repair.GetString()}");
            }
        }
        else if (operation is { Kind: "reconcile", Problem: { } problem })
        {
            ProblemText.Write(console, problem);
        }
    }
}
