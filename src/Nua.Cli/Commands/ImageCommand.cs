using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua image list|show|sbom|save|load|prune</c></summary>
internal static class ImageCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("image", "See the images that can be deployed, move them, and remove old ones.", "nua image list", 3, 4, 8)
        {
            List(server, terminal),
            Show(server, terminal),
            ImageSbom.Create(server, terminal),
            ImageSave.Create(server, terminal),
            ImageLoad.Create(server, terminal),
            ImagePrune.Create(server, terminal),
        };

    /// <summary>The image that a command is about.</summary>
    public static Argument<string> Required() =>
        new("image") { Description = "The image: its name or id, or an app for its newest." };

    private static VerbCommand List(NuaClient server, Terminal terminal)
    {
        var command = new VerbCommand("list", "List the images built from packages, newest first.", "nua image list --json", 8);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.ImagesAsync(cancellation);
            return Answer.Of(list, ApiJson.Default.ImageList, console => Show(console, list, terminal.Clock.GetUtcNow()));
        }));
        return command;
    }

    private static VerbCommand Show(NuaClient server, Terminal terminal)
    {
        var image = Required();
        var command = new VerbCommand(
            "show", "Show what an image is made of, how it starts, and who uses it.", "nua image show nua-guestbook:1.0", 3, 8) { image };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var detail = await server.ImageAsync(line.GetRequiredValue(image), cancellation);
            return Answer.Of(
                detail, ApiJson.Default.ImageDetailView, console => ImageText.Show(console, detail, terminal.Clock.GetUtcNow()));
        }));
        return command;
    }

    /// <summary>A line for each image.</summary>
    public static void Show(IAnsiConsole console, ImageList list, DateTimeOffset now)
    {
        var table = PlainTable.Of("IMAGE", "APP", "SIZE", "BUILT", "RUN BY");
        foreach (var one in list.Images)
        {
            table.AddRow(
                Markup.Escape(Words.ShortId(one.Reference)),
                Markup.Escape(one.App),
                Words.Size(one.SizeBytes),
                $"{Words.Age(now - one.CreatedAt)} ago",
                one.Instances.Count > 0 ? Markup.Escape(string.Join(", ", one.Instances)) : "-");
        }

        console.Write(table);
    }
}
