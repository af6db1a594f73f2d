using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;

namespace Nua.Engine.Deploy;

/// <summary>Has commands done in servers that run, or have only just been started.</summary>
internal sealed class ServerTalk(EngineSeams seams)
{
    /// <summary>For a server that has only just been started again.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs the command until it succeeds; answers why it did not, or <see langword="null"/> when it did.</summary>
    public async Task<string?> WhyNotDoneAsync(WorkloadId server, ExecCommand command, CancellationToken cancellation)
    {
        var until = seams.Clock.GetUtcNow() + Limit;
        while (await TryAsync(server, command, cancellation) is { } failure)
        {
            if (failure.Final || seams.Clock.GetUtcNow() > until)
            {
                return failure.Why;
            }

            await Task.Delay(Pause, seams.Clock, cancellation);
        }

        return null;
    }

    private async Task<Failure?> TryAsync(WorkloadId server, ExecCommand command, CancellationToken cancellation)
    {
        try
        {
            var outcome = await seams.Clock.WithinAsync(Limit, limited => seams.Runtime.ExecAsync(server, command, limited), cancellation);

            // What the server says may quote what it was told.
            return outcome.Succeeded ? null : new Failure(
                command.Secrets.Values.Aggregate(
                    $"it ended with {outcome.ExitCode} {outcome.LastLine}".TrimEnd(), (text, secret) => text.Replace(secret.Reveal(), "[secret]")),
                outcome.ExitCode == IHoldsTenants.WillNot);
        }
        catch (TimeoutException)
        {
            return new Failure($"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (NuaException refusal) when (refusal.Problem.Code is "runtime.workload-stopped" or IWorkloadPauser.PausedCode or "runtime.refused")
        {
            return new Failure(refusal.Problem.Message);
        }
    }

    /// <param name="Why">What went wrong.</param>
    /// <param name="Final">Whether it would go wrong again.</param>
    private sealed record Failure(string Why, bool Final = false);
}
