using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua image save IMAGE --output FILE</c></summary>
internal static class ImageSave
{
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
            3, 8) { image, output };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var saved = await SaveAsync(server, line.GetRequiredValue(image), line.GetRequiredValue(output), cancellation);
            return Answer.Of(saved, CliJson.Default.SavedImage, console => console.WriteLine($"Saved as {saved.File}, {Words.Size(saved.SizeBytes)}."));
        }));
        return command;
    }

    private static async Task<SavedImage> SaveAsync(NuaClient server, string image, string path, CancellationToken cancellation)
    {
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new ApiException(CliProblems.CannotWrite(path, "it is a folder"));
        }

        try
        {
            await using var draft = new FileStream($"{target}.{Guid.NewGuid():N}", FileMode.CreateNew);
            try
            {
                await server.SaveImageAsync(image, draft, cancellation);
                File.Move(draft.Name, target, overwrite: true);
                return new SavedImage(target, draft.Length);
            }
            catch
            {
                File.Delete(draft.Name);
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.CannotWrite(path, failure.Message), failure);
        }
    }
}

/// <summary>An image that was written to a file.</summary>
/// <param name="File">Its absolute path.</param>
/// <param name="SizeBytes">How long it is.</param>
internal sealed record SavedImage(string File, long SizeBytes);
