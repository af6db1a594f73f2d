using System.CommandLine;
using Nua.Api;
using Nua.Api.Programs;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua server</c> and what there is to ask it.</summary>
internal static class ServerCommand
{
    public static Command Create(NuaClient server, NuaHome home, Terminal terminal)
    {
        var detach = new Option<bool>("--detach", "-d") { Description = "In the background, as 'nua server start' does." };
        var command = new VerbCommand("server", "Run Nua's server here, until Ctrl-C.", "nua server start", 3, 8)
        {
            detach,
            Start(server, home, terminal),
            Stop(server, home, terminal),
            Status(server, terminal),
            ServerLogsCommand.Create(home, terminal),
            CleanUp(server, terminal),
        }.OnlyHere();
        command.SetAction((line, cancellation) => line.GetValue(detach)
            ? terminal.AnswerAsync(line, progress => new ServerStart(server, home).RunAsync(progress, cancellation))
            : terminal.RunAsync(line, Become));
        return command;
    }

    private static VerbCommand Start(NuaClient server, NuaHome home, Terminal terminal)
    {
        var command = new VerbCommand(
            "start", "Start the server and the gateway in the background, and wait until they are ready.", "nua server start", 3, 8).OnlyHere();
        command.SetAction((line, cancellation) =>
            terminal.AnswerAsync(line, progress => new ServerStart(server, home).RunAsync(progress, cancellation)));
        return command;
    }

    private static Task<int> Become()
    {
        var program = NuaProgram.Server;
        if (!program.IsInstalled)
        {
            throw new ApiException(CliProblems.NoProgram(program.Name, NuaProgram.Folder));
        }

        program.Become();
        return Task.FromResult(ExitCodes.Done);
    }

    private static VerbCommand Status(NuaClient server, Terminal terminal)
    {
        var command = new VerbCommand("status", "Show the server and what it stands on.", "nua server status --json", 8);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, () => ServerStatus.AskAsync(server, cancellation)));
        return command;
    }

    private static VerbCommand Stop(NuaClient server, NuaHome home, Terminal terminal)
    {
        var gateway = new Option<bool>("--gateway") { Description = "The gateway too: then nothing is served any more." };
        var workloads = new Option<bool>("--workloads")
        {
            Description = "Every workload and the gateway too; the next 'nua server start' brings them back, data and all.",
        };
        var command = new VerbCommand(
            "stop", "End the server; without more, what it deployed runs on and is served.", "nua server stop", 8)
        {
            gateway, workloads,
        }.OnlyHere();
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, progress => new ServerStop(server, home)
        {
            Workloads = line.GetValue(workloads),
            Gateway = line.GetValue(gateway) || line.GetValue(workloads),
        }.RunAsync(progress, cancellation)));
        return command;
    }

    private static VerbCommand CleanUp(NuaClient server, Terminal terminal)
    {
        var cache = new Option<bool>("--build-cache") { Description = "Downloads that builds keep, too: the next ones fetch them again." };
        var command = new VerbCommand(
            "cleanup", "Remove what was left behind: never data, never what is not Nua's.", "nua server cleanup", 8) { cache };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var done = await server.CleanUpAsync(line.GetValue(cache), cancellation);
            return Answer.Of(done, ApiJson.Default.CleanupView, console =>
            {
                foreach (var action in done.Actions.DefaultIfEmpty("There was nothing to clean up."))
                {
                    console.WriteLine(action);
                }

                foreach (var kept in done.Kept ?? [])
                {
                    console.WriteLine(kept);
                }
            });
        }));
        return command;
    }
}
