using System.CommandLine;
using Nua.Api;
using Nua.Api.Programs;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary><c>nua server logs</c>: one JSON document a line, as the server wrote it.</summary>
internal static class ServerLogsCommand
{
    public static Command Create(NuaHome home, Terminal terminal)
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "Wait for more." };
        var tail = new Option<int>("--tail", "-n") { Description = "The last N lines (default 100).", HelpName = "N", DefaultValueFactory = _ => 100 };
        var gateway = new Option<bool>("--gateway") { Description = "The gateway's instead." };
        var command = new VerbCommand("logs", "Show what the server wrote in the background.", "nua server logs -f", 3)
        {
            follow, tail, gateway,
        }.OnlyHere();
        command.SetAction((line, cancellation) => terminal.RunAsync(line, async () =>
        {
            var log = home.LogOf((line.GetValue(gateway) ? NuaProgram.Gateway : NuaProgram.Server).Name);
            if (!File.Exists(log))
            {
                throw new ApiException(CliProblems.NoLog(log));
            }

            await WriteAsync(log, line.GetValue(tail), line.GetValue(follow), terminal.Output, cancellation);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task WriteAsync(string log, int tail, bool follow, TextWriter output, CancellationToken cancellation)
    {
        if (!follow)
        {
            foreach (var one in LogFile.Tail(log, tail))
            {
                await output.WriteLineAsync(one);
            }

            return;
        }

        await foreach (var one in LogFile.FollowAsync(log, tail, cancellation))
        {
            await output.WriteLineAsync(one);
        }
    }
}
