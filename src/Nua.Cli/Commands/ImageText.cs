using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>An image as a reader is shown it.</summary>
internal static class ImageText
{
    /// <summary>As much of a line as tells it from others.</summary>
    private const int LongestInstruction = 90;

    public static void Show(IAnsiConsole console, ImageDetailView detail, DateTimeOffset now)
    {
        var image = detail.Image;
        console.MarkupLine($"[bold]{Markup.Escape(image.Reference)}[/]");
        foreach (var (about, text) in Facts(detail, now))
        {
            console.WriteLine($"{about}: {Words.Harmless(text)}");
        }

        console.WriteLine();
        ShowLayers(console, detail);
    }

    /// <summary>The layers with their sizes, the lowest first.</summary>
    public static void ShowLayers(IAnsiConsole console, ImageDetailView detail)
    {
        var table = PlainTable.Of("SIZE", "LAYER");
        foreach (var layer in detail.Layers)
        {
            table.AddRow(Words.Size(layer.SizeBytes), Markup.Escape(Shortened(Words.Harmless(layer.Instruction))));
        }

        console.Write(table);
    }

    private static IEnumerable<(string About, string Text)> Facts(ImageDetailView detail, DateTimeOffset now)
    {
        var image = detail.Image;
        yield return ("id", image.Id);
        yield return ("app", detail.Version is { } version ? $"{image.App} {version}" : image.App);
        yield return ("built", $"{Words.Age(now - image.CreatedAt)} ago, {Words.Time(image.CreatedAt)}");
        if (detail.Builder is { } builder)
        {
            yield return ("builder", detail.Because is { } because ? $"{builder}, because {because}" : builder);
        }

        if (detail.Base is { } standsOn)
        {
            yield return ("base image", standsOn);
        }

        yield return ("size", Words.Size(image.SizeBytes));
        foreach (var fact in FactsOf(detail.Config))
        {
            yield return fact;
        }

        yield return ("used by", detail.UsedBy.Count > 0 ? string.Join(", ", detail.UsedBy.Select(UseOf)) : "nobody");
        if (detail.Newer is { } newer)
        {
            yield return ("newer build", $"{Words.ShortId(newer)} has the name now");
        }
    }

    private static IEnumerable<(string About, string Text)> FactsOf(ImageConfigView config)
    {
        yield return ("starts", string.Join(' ', config.EntryPoint.Concat(config.Command)) is { Length: > 0 } start ? start : "nothing by itself");
        yield return ("user", config.User is { Length: > 0 } user ? user : "root");
        if (config.WorkingDirectory.Length > 0)
        {
            yield return ("folder", config.WorkingDirectory);
        }

        if (config.Ports.Count > 0)
        {
            yield return ("ports", string.Join(", ", config.Ports));
        }

        if (config.Volumes.Count > 0)
        {
            yield return ("volumes", string.Join(", ", config.Volumes));
        }

        foreach (var variable in config.Environment)
        {
            yield return ("environment", variable);
        }
    }

    private static string UseOf(ImageUserView use) =>
        $"{use.Instance} (deployment {use.Deployment}{(use.Current ? "" : ", to go back to")})";

    private static string Shortened(string instruction) =>
        instruction.Length <= LongestInstruction ? instruction : $"{instruction[..LongestInstruction]}…";
}
