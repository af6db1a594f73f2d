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
        var target = new Argument<string>("target")
        {
            Description = "A folder with a nua-config, a sites file, or an image; without it, this folder.",
            DefaultValueFactory = _ => ".",
        };
        var name = new Option<string?>("--as") { Description = "What to call the instance (default: as the app is called).", HelpName = "INSTANCE" };
        var domain = new Option<string?>("--domain") { Description = "Where it is to answer, such as wiki.example.org.", HelpName = "DOMAIN" };
        var wait = new WaitOptions();
        var command = new VerbCommand(
            "deploy", "Run an app so that it answers on its domain, tested.", "nua deploy apps/guestbook --domain guestbook.localhost", 3, 4, 5, 6, 8, 9)
        {
            target, name, domain,
        };
        wait.AddTo(command);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, progress => new Deploying(server, terminal, progress)
        {
            Instance = line.GetValue(name),
            Domain = line.GetValue(domain),
            Waits = wait.Waits(line),
        }.RunAsync(DeployTarget.Of(line.GetRequiredValue(target)), cancellation)));
        return command;
    }
}
