using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua image load FILE</c></summary>
internal static class ImageLoad
{
    public static VerbCommand Create(NuaClient server, Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "The archive; '-' reads it from the standard input." };
        var replace = new Option<bool>("--replace") { Description = "Take the name of an image here that was built later." };
        var command = new VerbCommand(
            "load",
            "Take images that Nua built from an archive: of 'nua image save' or 'docker save', or an OCI image layout.",
            "nua image load guestbook.tar",
            3, 4, 8) { file, replace };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            await using var archive = Open(line.GetRequiredValue(file));
            var loaded = await server.LoadImagesAsync(archive.CopyToAsync, line.GetValue(replace), cancellation);
            return Answer.Of(loaded, ApiJson.Default.ImageList, console => ImageCommand.Show(console, loaded, terminal.Clock.GetUtcNow()));
        }));
        return command;
    }

    private static Stream Open(string path)
    {
        if (path == "-")
        {
            return Console.OpenStandardInput();
        }

        try
        {
            return File.OpenRead(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.CannotRead(path, failure.Message), failure);
        }
    }
}
