using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Nua.Core.Packages;

namespace Nua.Cli.Commands;

/// <summary><c>nua build [PATH]</c></summary>
internal static class BuildCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var path = new Argument<string>("path")
        {
            Description = "The package's folder or its nua-config; without it, this folder.",
            DefaultValueFactory = _ => ".",
        };
        var noCache = new Option<bool>("--no-cache") { Description = "Build although nothing changed." };
        var strict = new Option<bool>("--strict") { Description = "A key that nothing reads is an error." };
        var command = new VerbCommand("build", "Build a package into an image.", "nua build apps/guestbook", 3, 5, 8) { path, noCache, strict };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var folder = PackageLocator.Find(line.GetRequiredValue(path)).Root;
            var built = await new PackageSender(server, terminal)
                .BuildAsync(folder, line.GetValue(strict), line.GetValue(noCache), progress, cancellation);
            return AnswerOf(built);
        }));
        return command;
    }

    private static Answer AnswerOf(OperationView operation)
    {
        var built = OperationAnswer.ResultOf(operation, ApiJson.Default.BuiltView);
        return OperationAnswer.Ended(operation, built.UpToDate
            ? $"{built.Reference} is up to date"
            : $"Built {built.Reference} ({built.Builder}, {Words.Size(built.SizeBytes)})");
    }
}
