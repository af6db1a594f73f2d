using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua start|stop|restart|pause|unpause INSTANCE</c>: five words for one thing.</summary>
internal static class ChangeCommand
{
    public static Command Start(NuaClient server, Terminal terminal) =>
        Create("start", "Start a stopped instance, and wait until it answers.", "runs", server, terminal);

    public static Command Stop(NuaClient server, Terminal terminal) =>
        Create("stop", "Stop an instance; its data and its place in the list stay.", "is stopped", server, terminal);

    public static Command Restart(NuaClient server, Terminal terminal) =>
        Create("restart", "Stop an instance and start it again.", "runs again", server, terminal);

    public static Command Pause(NuaClient server, Terminal terminal) => Create(
        "pause", "Hold an instance still; visitors are asked to come again.", "is paused", server, terminal, 4);

    public static Command Unpause(NuaClient server, Terminal terminal) => Create(
        "unpause", "Let a paused instance go on, and wait until it answers.", "runs again", server, terminal, 4);

    private static VerbCommand Create(string verb, string description, string outcome, NuaClient server, Terminal terminal, params IReadOnlyList<int> exits)
    {
        var instance = InstanceArgument.Required(server);
        var wait = new WaitOptions();
        var command = new VerbCommand(verb, description, $"nua {verb} guestbook", [3, .. exits, 6, 8, 9]) { instance };
        wait.AddTo(command);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var name = line.GetRequiredValue(instance);
            var asked = await wait.PatienceOf(line, server, progress).AskAsync(() => server.ChangeAsync(name, verb, cancellation));
            return wait.Waits(line)
                ? OperationAnswer.Ended(
                    await new OperationFollower(server, terminal).FollowAsync(asked, progress, cancellation), $"{name} {outcome}")
                : OperationAnswer.Asked(asked);
        }));
        return command;
    }
}
