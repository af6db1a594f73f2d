using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>What a build came to, and with <c>--explain</c> how it came about and what is in the image.</summary>
internal sealed record BuildAnswer(
    string Reference,
    string ImageId,
    string Builder,
    long SizeBytes,
    bool UpToDate,
    IReadOnlyDictionary<string, BuiltView>? SubApplications = null,
    BuildPlanView? Plan = null,
    ImageDetailView? Image = null)
{
    public static Answer Of(OperationView operation, BuildPlanView? plan = null, ImageDetailView? image = null)
    {
        var built = OperationAnswer.ResultOf(operation, ApiJson.Default.BuiltView);
        var answer = new BuildAnswer(built.Reference, built.ImageId, built.Builder, built.SizeBytes, built.UpToDate, built.SubApplications, plan, image);
        return Answer.Of(answer, CliJson.Default.BuildAnswer, console => answer.Show(console, OperationAnswer.TimeOf(operation)));
    }

    private void Show(IAnsiConsole console, TimeSpan took)
    {
        if (Plan is not null)
        {
            console.WriteLine(Plan.Dockerfile);
        }

        if (Image is not null)
        {
            ImageText.ShowLayers(console, Image);
            console.WriteLine();
        }

        var outcome = UpToDate ? $"{Reference} is up to date" : $"Built {Reference} ({Builder}, {Words.Size(SizeBytes)})";
        console.WriteLine($"{outcome}, {Words.Took(took)}.");
        foreach (var (name, part) in SubApplications ?? new Dictionary<string, BuiltView>())
        {
            console.WriteLine($"With {name}: {part.Reference} ({part.Builder}, {Words.Size(part.SizeBytes)}).");
        }

        console.WriteLine($"Run it: nua deploy {Reference}");
    }
}
