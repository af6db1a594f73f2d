using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua image list</c></summary>
internal static class ImageCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("image", "See the images that can be deployed.", "nua image list", 8)
        {
            List(server, terminal),
        };

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

    private static void Show(IAnsiConsole console, ImageList list, DateTimeOffset now)
    {
        var table = PlainTable.Of("IMAGE", "APP", "SIZE", "BUILT");
        foreach (var one in list.Images)
        {
            table.AddRow(
                Markup.Escape(Words.ShortId(one.Reference)), Markup.Escape(one.App), Words.Size(one.SizeBytes), $"{Words.Age(now - one.CreatedAt)} ago");
        }

        console.Write(table);
    }
}
