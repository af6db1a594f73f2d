using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua whoami</c></summary>
internal static class WhoAmICommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var command = new VerbCommand("whoami", "Show whom the server takes you for, and what you may do there.", "nua whoami", 4, 8);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var identity = await server.WhoAmIAsync(cancellation);
            return Answer.Of(identity, ApiJson.Default.WhoAmIView, console =>
                console.WriteLine($"{identity.Who} at the server '{identity.Server}': {PowersOf(identity)}"));
        }));
        return command;
    }

    /// <summary>What somebody may do, where, and until when.</summary>
    public static string PowersOf(WhoAmIView identity)
    {
        var where = identity.Instances.Count == 0 ? "the whole server" : string.Join(", ", identity.Instances);
        var until = identity.ExpiresAt is { } end ? $", until {Words.Day(end)}" : "";
        return $"{string.Join(", ", identity.Scopes)} on {where}{until}";
    }
}
