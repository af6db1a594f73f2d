using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Nua.Api;
using Nua.Core.Problems;
using Spectre.Console;

namespace Nua.Cli.Output;

/// <summary>Answers go to standard output, progress and trouble to standard error, and the exit code says which kind.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, TerminalLook look, TimeProvider clock, TextReader? input = null)
{
    // Made when first written to: "nua --version" needs neither.
    private readonly Lazy<IAnsiConsole> _output = new(() => ConsoleOn(output, look.Colour, look.Width));
    private readonly Lazy<IAnsiConsole> _error = new(() => ConsoleOn(error, look.ErrorColour, int.MaxValue));

    public static Terminal OfThisProcess() =>
        new(Console.Out, Console.Error, TerminalLook.OfThisProcess(), TimeProvider.System, Console.In);

    public TimeProvider Clock => clock;

    public TerminalLook Look => look;

    /// <summary>Standard output as it is, for text that others have written.</summary>
    public TextWriter Output => output;

    /// <summary>Runs a command: what it answers is shown, what it throws becomes an error and an exit code.</summary>
    public Task<int> AnswerAsync(ParseResult line, Func<Task<Answer>> command) =>
        RunAsync(line, () => EndingWithDocumentAsync(line, async () => Show(line, await command())));

    /// <summary>As <see cref="AnswerAsync(ParseResult, Func{Task{Answer}})"/>, for a command that takes its time and tells about it.</summary>
    public Task<int> AnswerAsync(ParseResult line, Func<ProgressTree, Task<Answer>> command) =>
        AnswerAsync(line, async () =>
        {
            using var progress = OpenProgress(line);
            return await command(progress);
        });

    /// <summary>Runs a command that writes as it goes along.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The outermost layer: whatever escapes becomes an error and an exit code.")]
    public async Task<int> RunAsync(ParseResult line, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (ApiException refusal)
        {
            return Refuse(line, refusal.Problem);
        }
        catch (NuaException failure)
        {
            return Refuse(line, ProblemText.View(failure.Problem));
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception bug)
        {
            return Refuse(line, CliProblems.Bug(bug));
        }
    }

    /// <summary>Shows a problem and answers with its exit code.</summary>
    public int Refuse(ParseResult line, ProblemView problem)
    {
        if (line.GetValue(CommonOptions.Json))
        {
            Answer.Of(problem, ApiJson.Default.ProblemView, _ => { }).WriteJson(output);
        }

        ProblemText.Write(_error.Value, problem);
        return problem.Exit;
    }

    /// <summary>Says something on standard error that is neither progress nor trouble.</summary>
    public void Remark(string text) => _error.Value.WriteLine(text);

    /// <summary>Asks for a yes; without somebody to answer it is a no.</summary>
    public bool Confirm(string question)
    {
        if (!look.CanAsk || input is null)
        {
            return false;
        }

        error.Write($"{question} [y/N] ");
        return input.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    /// <summary>Asks for what is not to be seen; without a terminal it is a line of standard input.</summary>
    public string? AskSecret(string question)
    {
        if (!look.CanAsk || !ReferenceEquals(input, Console.In))
        {
            return input?.ReadLine();
        }

        error.Write(question);
        var typed = HiddenLine.Read();
        error.WriteLine();
        return typed;
    }

    /// <summary>A program that reads a document gets one, even of a command that was interrupted.</summary>
    private async Task<int> EndingWithDocumentAsync(ParseResult line, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (line.GetValue(CommonOptions.Json))
        {
            Answer.Of(CliProblems.Interrupted(), ApiJson.Default.ProblemView, _ => { }).WriteJson(output);
            throw;
        }
    }

    private int Show(ParseResult line, Answer answer)
    {
        if (line.GetValue(CommonOptions.Json))
        {
            answer.WriteJson(output);
        }
        else
        {
            answer.Show(_output.Value);
        }

        return answer.Exit;
    }

    private ProgressTree OpenProgress(ParseResult line) => line.GetValue(CommonOptions.Quiet)
        ? new ProgressTree(ConsoleOn(TextWriter.Null, colour: false, int.MaxValue), TerminalLook.Plain, verbose: false, clock)
        : new ProgressTree(_error.Value, look, line.GetValue(CommonOptions.Verbose), clock);

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool colour, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        return console;
    }
}
