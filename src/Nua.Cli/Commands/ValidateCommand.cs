using System.CommandLine;
using Nua.Cli.Output;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Sites;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua validate [PATH]</c></summary>
internal static class ValidateCommand
{
    private static readonly Argument<string> Target = PackageArgument.Create();

    private static readonly Option<bool> Strict = new("--strict")
    {
        Description = "Take what is probably a mistake, such as a key nothing reads, for an error.",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "validate", "Say everything that is wrong with a nua-config or a sites file.", "nua validate --strict .", 3)
        {
            Target,
            Strict,
        };
        command.SetAction((line, _) => terminal.AnswerAsync(line, () =>
        {
            var answer = Inspect(line.GetRequiredValue(Target), new ReadingOptions(line.GetValue(Strict)));
            return Task.FromResult(Answer.Of(
                answer, CliJson.Default.ValidateAnswer, console => Show(console, answer), answer.Valid ? ExitCodes.Done : ExitCodes.Usage));
        }));
        return command;
    }

    private static ValidateAnswer Inspect(string target, ReadingOptions options)
    {
        var file = PackageLocator.Find(target);
        var shown = PackageArgument.Shown(file.Path);
        try
        {
            return Inspect(shown, file.ReadText(), options);
        }
        catch (PackageException broken)
        {
            // A file that is no text has a finding like any other mistake.
            return ValidateAnswer.Of(shown, "", broken.Findings);
        }
    }

    private static ValidateAnswer Inspect(string shown, string text, ReadingOptions options)
    {
        if (SitesReader.IsSitesFile(shown, text))
        {
            var sites = SitesReader.Inspect(shown, text, options);
            return ValidateAnswer.Of(shown, $"{sites.Sites.Count} site{(sites.Sites.Count == 1 ? "" : "s")}", sites.Findings);
        }

        var reading = PackageReader.Inspect(shown, text, options);
        return ValidateAnswer.Of(shown, reading.Package?.Metadata.ImageReference ?? "", reading.Findings);
    }

    private static void Show(IAnsiConsole console, ValidateAnswer answer)
    {
        foreach (var finding in answer.Findings)
        {
            var colour = finding.Severity switch { "error" => "red", "warning" => "yellow", _ => "grey" };
            var place = $"{answer.File}:{finding.Line}:{finding.Column}";
            console.MarkupLine(
                $"{Markup.Escape(place)}: [{colour}]{finding.Severity}:[/] {Markup.Escape(Words.Harmless(finding.Message))} [grey][[{finding.Code}]][/]");
            console.MarkupLine($"  [blue]hint:[/] {Markup.Escape(Words.Harmless(finding.Hint))}");
        }

        var verdict = answer.Valid ? $"is valid: {answer.Says}" : "is not valid";
        console.MarkupLineInterpolated($"{answer.File} {verdict}{Counts(answer.Findings)}");
    }

    private static string Counts(IReadOnlyList<ValidateFinding> findings)
    {
        var counts = findings.GroupBy(finding => finding.Severity).Select(group => $"{group.Count()} {group.Key}{(group.Count() == 1 ? "" : "s")}");
        return findings.Count == 0 ? "" : $" ({string.Join(", ", counts)})";
    }
}

/// <summary>What <c>nua validate --json</c> answers.</summary>
/// <param name="File">The file that was read.</param>
/// <param name="Valid">Whether none of the findings is an error.</param>
/// <param name="Says">The image it makes, or how many sites it names; empty when it is not valid.</param>
/// <param name="Findings">In the order of the file.</param>
internal sealed record ValidateAnswer(string File, bool Valid, string Says, IReadOnlyList<ValidateFinding> Findings)
{
    public static ValidateAnswer Of(string file, string says, IReadOnlyList<Finding> findings)
    {
        var valid = !findings.Any(finding => finding.Severity == FindingSeverity.Error);
        return new ValidateAnswer(file, valid, valid ? says : "", [.. findings.Select(ValidateFinding.Of)]);
    }
}

/// <summary>One finding; <paramref name="Severity"/> is <c>error</c>, <c>warning</c> or <c>note</c>.</summary>
internal sealed record ValidateFinding(string Severity, string Code, string Message, string Hint, int Line, int Column)
{
    public static ValidateFinding Of(Finding finding) => new(
        finding.Degree,
        finding.Problem.Code,
        finding.Problem.Message,
        finding.Problem.Hint,
        finding.Line,
        finding.Column);
}
