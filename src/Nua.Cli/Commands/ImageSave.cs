using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua image save IMAGE --output FILE</c></summary>
internal static class ImageSave
{
    private const string Unfinished = ".part";

    public static VerbCommand Create(NuaClient server, Terminal terminal)
    {
        var image = ImageCommand.Required();
        var output = new Option<string>("--output", "-o")
        {
            Description = "The archive to write; what has that name is replaced once it is whole.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new VerbCommand(
            "save",
            "Write an image to a file, to be loaded on another server, with those of its sub-applications.",
            "nua image save nua-guestbook:1.0 --output guestbook.tar",
            2, 3, 8) { image, output };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var saved = await SaveAsync(server, line.GetRequiredValue(image), line.GetRequiredValue(output), cancellation);
            return Answer.Of(saved, CliJson.Default.SavedImage, console => console.WriteLine($"Saved as {saved.File}, {Words.Size(saved.SizeBytes)}."));
        }));
        return command;
    }

    private static async Task<SavedImage> SaveAsync(NuaClient server, string image, string path, CancellationToken cancellation)
    {
        try
        {
            await using (var file = File.Create(path + Unfinished))
            {
                await server.SaveImageAsync(image, file, cancellation);
            }

            File.Move(path + Unfinished, path, overwrite: true);
            return new SavedImage(Path.GetFullPath(path), new FileInfo(path).Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.CannotWrite(path, failure.Message), failure);
        }
        finally
        {
            if (Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                File.Delete(path + Unfinished);
            }
        }
    }
}

/// <summary>An image that was written to a file.</summary>
/// <param name="File">Its absolute path.</param>
/// <param name="SizeBytes">How long it is.</param>
internal sealed record SavedImage(string File, long SizeBytes);
