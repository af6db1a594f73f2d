using Nua.Api;
using Nua.Api.Programs;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>Ends the processes behind sockets, and waits for their end.</summary>
internal static class ServerStop
{
    /// <summary>An orderly end waits for the steps under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<Answer> RunAsync(IReadOnlyList<string> sockets, CancellationToken cancellation)
    {
        var stopped = new List<int>();
        foreach (var socket in sockets)
        {
            if (RunningProgram.Behind(socket) is { } program)
            {
                program.Terminate();
                if (!await program.EndsWithinAsync(Patience, cancellation))
                {
                    throw new ApiException(CliProblems.StillStopping(program.Pid));
                }

                stopped.Add(program.Pid);
            }
        }

        return Answer.Of(new StopAnswer(stopped), CliJson.Default.StopAnswer, console => console.WriteLine(
            stopped.Count == 0 ? "Nothing was running." : $"Stopped: process {string.Join(", ", stopped)}."));
    }
}

/// <param name="Stopped">The processes that ended.</param>
internal sealed record StopAnswer(IReadOnlyList<int> Stopped);
