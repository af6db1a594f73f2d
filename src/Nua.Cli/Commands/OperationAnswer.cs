using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>What is said of an operation that was asked for.</summary>
internal static class OperationAnswer
{
    /// <summary>It was not waited for.</summary>
    public static Answer Asked(OperationView operation) => Answer.Of(operation, ApiJson.Default.OperationView, console =>
    {
        console.WriteLine($"The {operation.Kind} of {operation.Subject} is under way: {operation.Id}");
        console.WriteLine($"Follow it: nua operations show {operation.Id} --follow");
    });

    /// <summary>It succeeded; what is left to tidy is said, and makes the exit code 9.</summary>
    public static Answer Ended(OperationView operation, string outcome) => Answer.Of(
        operation,
        ApiJson.Default.OperationView,
        console =>
        {
            console.WriteLine($"{outcome} ({Words.Took(TimeOf(operation))}).");
            ShowLeftovers(console, operation);
        },
        ExitOf(operation));

    public static TimeSpan TimeOf(OperationView operation) => operation.EndedAt is { } end && end > operation.StartedAt ? end - operation.StartedAt : TimeSpan.Zero;

    public static int ExitOf(OperationView operation) => operation.Problem?.Exit ?? ExitCodes.Done;

    /// <summary>What came of an operation that succeeded.</summary>
    public static T ResultOf<T>(OperationView operation, JsonTypeInfo<T> json) => operation.Result is { } result
        ? result.Deserialize(json)!
        : throw new ApiException(CliProblems.EndedWithoutReason(operation));

    public static void ShowLeftovers(IAnsiConsole console, OperationView operation)
    {
        if (operation.Problem is { } problem)
        {
            ProblemText.Write(console, problem);
        }
    }
}
