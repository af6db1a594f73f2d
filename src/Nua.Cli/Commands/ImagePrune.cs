using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua image prune</c></summary>
internal static class ImagePrune
{
    public static VerbCommand Create(NuaClient server, Terminal terminal)
    {
        var keep = new Option<int>("--keep")
        {
            Description = "How many builds of each app stay, the newest, whoever runs them (default: 1).",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        keep.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() < 0)
            {
                given.AddError("--keep takes a number from 0 on.");
            }
        });
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be removed." };
        var yes = YesOption.Create();
        var command = new VerbCommand(
            "prune", "Remove images that no instance runs or may go back to.", "nua image prune --keep 2 --dry-run", 4, 8) { keep, dryRun, yes };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var wish = new PruneBody(line.GetValue(keep), DryRun: true);
            var plan = await server.PruneImagesAsync(wish, cancellation);
            if (line.GetValue(dryRun) || plan.Images.Count == 0)
            {
                return AnswerOf(plan, terminal);
            }

            if (!line.GetValue(yes) && !terminal.Confirm($"Remove {Words.Count(plan.Images.Count, "image")} ({Words.Size(plan.FreedBytes)})?"))
            {
                throw new ApiException(CliProblems.NotConfirmed("Removing images"));
            }

            return AnswerOf(await server.PruneImagesAsync(wish with { DryRun = false }, cancellation), terminal);
        }));
        return command;
    }

    private static Answer AnswerOf(PruneView pruned, Terminal terminal) => Answer.Of(pruned, ApiJson.Default.PruneView, console =>
    {
        if (pruned.Images.Count == 0)
        {
            console.WriteLine("There is nothing to remove.");
            return;
        }

        console.Write(TableOf(pruned, terminal.Clock.GetUtcNow()));
        var count = Words.Count(pruned.Images.Count, "image");
        console.WriteLine(pruned.DryRun
            ? $"{count} would be removed, {Words.Size(pruned.FreedBytes)} of layers with them."
            : $"{count} removed, {Words.Size(pruned.FreedBytes)} of layers with them.");
    });

    private static Table TableOf(PruneView pruned, DateTimeOffset now)
    {
        var table = PlainTable.Of("IMAGE", "APP", "FREES", "BUILT");
        foreach (var one in pruned.Images)
        {
            table.AddRow(
                Markup.Escape(Words.ShortId(one.Reference)),
                Markup.Escape(one.App ?? "-"),
                Words.Size(one.FreedBytes),
                $"{Words.Age(now - one.CreatedAt)} ago");
        }

        return table;
    }
}
