using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Packing;
using Nua.Core.Detecting;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua init [PATH]</c></summary>
internal static class InitCommand
{
    private const int Refused = 4;

    private const string FileName = "nua-config.toml";

    private static readonly Argument<string> Folder = new("path")
    {
        Description = "The folder of the application. This folder when nothing is said.",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<bool> Force = new("--force") { Description = $"Replace a {FileName} that is there." };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "init", "Write a first nua-config.toml for what is in a folder.", "nua init .", 3, Refused) { Folder, Force };
        command.SetAction((line, _) => terminal.AnswerAsync(line, () =>
        {
            var answer = Write(Path.GetFullPath(line.GetRequiredValue(Folder)), line.GetValue(Force));
            return Task.FromResult(Answer.Of(answer, CliJson.Default.InitAnswer, console => Show(console, answer)));
        }));
        return command;
    }

    private static InitAnswer Write(string folder, bool force)
    {
        if (!Directory.Exists(folder))
        {
            throw new ApiException(CliProblems.NoSuchFolder(folder));
        }

        var file = Path.Combine(folder, FileName);
        RefuseToReplace(folder, file, force);
        var detections = Detect(folder);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        Save(file, StarterConfig.Write(name, Environment.UserName, detections));
        return new InitAnswer(PackageArgument.Shown(file), [.. detections.Select(InitDetection.Of)]);
    }

    /// <summary>A config is somebody's work; one that would be found first would also make ours be ignored.</summary>
    private static void RefuseToReplace(string folder, string file, bool force)
    {
        var there = Existing(folder);
        if (there is not null && !(force && there == file))
        {
            throw new ApiException(CliProblems.ConfigIsThere(PackageArgument.Shown(there), replaceable: there == file));
        }
    }

    private static string? Existing(string folder)
    {
        try
        {
            return PackageLocator.Find(folder).Path;
        }
        catch (NuaException none) when (none.Problem.Kind == ProblemKind.NotFound)
        {
            return null;
        }
    }

    private static IReadOnlyList<Detection> Detect(string folder)
    {
        var files = PackageFolder.List(folder).Entries.Where(entry => entry.Kind is EntryKind.File).Select(entry => entry.Path).ToArray();
        return Detector.Detect(files, path => TextOf(Path.Combine(folder, path)));
    }

    private static string? TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // What cannot be read tells nothing about the application.
            return null;
        }
    }

    private static void Save(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.CannotWrite(PackageArgument.Shown(file), refusal.Message));
        }
    }

    private static void Show(IAnsiConsole console, InitAnswer answer)
    {
        console.MarkupLineInterpolated($"Wrote [bold]{answer.File}[/].");
        if (answer.Detected.Count == 0)
        {
            console.MarkupLine("Nothing in the folder was recognised: say in it how to build and what to start.");
        }

        foreach (var (detection, index) in answer.Detected.Select((detection, index) => (detection, index)))
        {
            console.MarkupLineInterpolated($"  {(index == 0 ? "recognised" : "could also be")} {detection.Language}: {Words.Harmless(detection.Because)}");
        }

        console.MarkupLine("Look it over, then run [bold]nua validate[/] and [bold]nua deploy .[/]");
    }
}

/// <summary>What <c>nua init --json</c> answers.</summary>
internal sealed record InitAnswer(string File, IReadOnlyList<InitDetection> Detected);

/// <summary>What the folder can be, best first.</summary>
internal sealed record InitDetection(string Language, string Because, IReadOnlyList<string> DecidingFiles, string? SuggestedStart)
{
    public static InitDetection Of(Detection detection) =>
        new(detection.Language, detection.Because, detection.DecidingFiles, detection.SuggestedStart);
}
