using System.CommandLine;
using Nua.Api;
using Nua.Cli.Doctor;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua doctor</c></summary>
internal static class DoctorCommand
{
    private const int AttentionNeeded = 9;

    public static Command Create(NuaClient server, NuaHome home, Terminal terminal)
    {
        var command = new VerbCommand(
            "doctor", "Look for what is wrong with the server and this machine, and say how to mend it.", "nua doctor", AttentionNeeded).OnlyHere();
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var answer = await new Checks(server, home).MakeAsync(cancellation);
            return Answer.Of(
                answer,
                CliJson.Default.DoctorAnswer,
                console => Show(console, answer),
                answer.Healthy ? ExitCodes.Done : AttentionNeeded);
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, DoctorAnswer answer)
    {
        foreach (var result in answer.Checks)
        {
            console.MarkupLine(result.State switch
            {
                CheckResult.Well => $"[green]✓[/] {result.Name}",
                CheckResult.Ill => $"[red]✗[/] {result.Name}",
                _ => $"[grey]? {result.Name}[/]",
            });
            if (result.Problem is { } problem)
            {
                ProblemText.Write(console, problem);
            }
        }
    }
}
