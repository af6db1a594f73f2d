using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua destroy INSTANCE</c></summary>
internal static class DestroyCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var withData = new Option<bool>("--with-data") { Description = "Its volumes and kept passwords too." };
        var accept = new Option<bool>("--accept-data-loss") { Description = "Although no verified recovery point holds the data; this is logged." };
        var yes = YesOption.Create();
        var wait = new WaitOptions();
        var command = new VerbCommand(
            "destroy", "Remove an instance; its data stays unless asked for by name.", "nua destroy guestbook --yes", 3, 4, 8, 9)
        {
            instance, withData, accept, yes,
        };
        wait.AddTo(command);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var name = line.GetRequiredValue(instance);
            var data = line.GetValue(withData);
            if (!line.GetValue(yes) && !terminal.Confirm(QuestionFor(name, data)))
            {
                throw new ApiException(CliProblems.NotConfirmed($"Destroying '{name}'"));
            }

            var asked = await wait.PatienceOf(line, server, progress).AskAsync(
                () => server.DestroyAsync(name, data, line.GetValue(accept), cancellation));
            return wait.Waits(line)
                ? OperationAnswer.Ended(
                    await new OperationFollower(server, terminal).FollowAsync(asked, progress, cancellation), OutcomeFor(name, data))
                : OperationAnswer.Asked(asked);
        }));
        return command;
    }

    private static string QuestionFor(string name, bool withData) => withData
        ? $"Destroy '{name}' and ALL ITS DATA?"
        : $"Destroy '{name}'? Its data stays.";

    private static string OutcomeFor(string name, bool withData) => withData
        ? $"{name} and its data are gone"
        : $"{name} is gone; its data stays and is found again by the next deployment of that name";
}
