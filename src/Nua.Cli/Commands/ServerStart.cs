using System.Diagnostics;
using Nua.Api;
using Nua.Api.Programs;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary>Starts the server in the background and waits until it takes work.</summary>
internal sealed class ServerStart(NuaClient server, NuaHome home)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<Answer> RunAsync(ProgressTree progress, CancellationToken cancellation)
    {
        if (await AskAsync(cancellation) is { State: "ready" } running)
        {
            return AnswerOf(running, "The server was running already");
        }

        var program = NuaProgram.Server;
        if (!program.IsInstalled)
        {
            throw new ApiException(CliProblems.NoProgram(program.Name, NuaProgram.Folder));
        }

        var log = home.LogOf(program.Name);
        var ready = await progress.StepAsync(
            "start the server", () => UntilReadyAsync(program.StartDetached(log), log, cancellation));
        return AnswerOf(ready, "The server is ready");
    }

    private async Task<StatusView> UntilReadyAsync(RunningProgram program, string log, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Patience)
        {
            if (await AskAsync(cancellation) is { State: "ready" } ready)
            {
                return ready;
            }

            if (await program.EndsWithinAsync(Beat, cancellation))
            {
                break;
            }
        }

        throw new ApiException(CliProblems.DidNotStart(log, LogFile.Tail(log, lines: 5)));
    }

    private async Task<StatusView?> AskAsync(CancellationToken cancellation)
    {
        try
        {
            return await server.StatusAsync(cancellation);
        }
        catch (ApiException refusal) when (refusal.Problem.Exit == ProblemKinds.Find("unavailable").Exit)
        {
            return null;
        }
    }

    /// <summary>A server without a gateway is no server to its visitors.</summary>
    private Answer AnswerOf(StatusView status, string outcome) => status.Gateway.Problem is { } problem
        ? throw new ApiException(CliProblems.NoGateway(problem, LogFile.Tail(home.LogOf(NuaProgram.Gateway.Name), lines: 4)))
        : Answer.Of(
            status,
            ApiJson.Default.StatusView,
            console => console.WriteLine(
                $"{outcome}: process {status.Pid}, HTTPS on port {status.Gateway.HttpsPort}, home {status.Home}"));
}
