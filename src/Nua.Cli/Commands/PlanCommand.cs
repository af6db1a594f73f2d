using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Targets;

namespace Nua.Cli.Commands;

/// <summary><c>nua plan [TARGET]</c></summary>
internal static class PlanCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var options = new DeployOptions();
        var exit = new Option<bool>("--exit-code") { Description = $"End with {ExitCodes.Changes} when a deploy would change something." };
        var command = new VerbCommand(
            "plan", "Say what a deploy would do; nothing is changed.", "nua plan apps/guestbook --domain guestbook.localhost", 3, 4, 8, 9, ExitCodes.Changes);
        options.AddTo(command);
        command.Add(exit);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, progress =>
        {
            var wish = options.Of(line);
            return new Planning(server, terminal, progress)
            {
                Wish = wish,
                ExitTellsChanges = line.GetValue(exit),
                ShowsSteps = line.GetValue(CommonOptions.Verbose),
            }.RunAsync(DeployTarget.Of(wish.Target), cancellation);
        }));
        return command;
    }
}
