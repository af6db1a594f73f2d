using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Nua.Cli.Targets;

namespace Nua.Cli.Commands;

/// <summary><c>nua deploy [TARGET]</c></summary>
internal static class DeployCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var options = new DeployOptions();
        var wait = new WaitOptions();
        var command = new VerbCommand(
            "deploy", "Run an app so that it answers on its domain, tested.", "nua deploy apps/guestbook --domain guestbook.localhost", 3, 4, 5, 6, 8, 9);
        options.AddTo(command);
        wait.AddTo(command);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, progress =>
        {
            var wish = options.Of(line);
            var deploying = new Deploying(server, terminal, progress)
            {
                Wish = wish,
                Waits = wait.Waits(line),
                Patience = wait.PatienceOf(line, server, progress),
            };
            return deploying.RunAsync(DeployTarget.Of(wish.Target), cancellation);
        }));
        return command;
    }
}
