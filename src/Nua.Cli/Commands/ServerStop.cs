using Nua.Api;
using Nua.Api.Programs;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>Ends the server, and what else is asked for, and waits for the end of each.</summary>
internal sealed class ServerStop(NuaClient server, NuaHome home)
{
    /// <summary>An orderly end waits for the operations under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<string> _done = [];

    public bool Workloads { get; init; }

    public bool Gateway { get; init; }

    public async Task<Answer> RunAsync(ProgressTree progress, CancellationToken cancellation)
    {
        if (RunningProgram.Behind(home.ServerSocket) is { } running)
        {
            var asked = await progress.StepAsync(
                Workloads ? "stop the workloads" : "finish what is under way",
                () => server.ShutDownAsync(Workloads, cancellation));
            _done.AddRange(asked.Actions);
            await progress.StepAsync("end the server", () => EndAsync(running, cancellation));
        }

        if (Gateway && RunningProgram.Behind(home.GatewaySocket) is { } door)
        {
            door.Terminate();
            await progress.StepAsync("end the gateway", () => EndAsync(door, cancellation));
        }

        return Answer.Of(new CleanupView(_done), ApiJson.Default.CleanupView, console =>
            _done.DefaultIfEmpty("Nothing was running.").ToList().ForEach(console.WriteLine));
    }

    private async Task<bool> EndAsync(RunningProgram program, CancellationToken cancellation)
    {
        if (!await program.EndsWithinAsync(Patience, cancellation))
        {
            throw new ApiException(CliProblems.StillStopping(program.Pid));
        }

        _done.Add($"Process {program.Pid} has ended.");
        return true;
    }
}
