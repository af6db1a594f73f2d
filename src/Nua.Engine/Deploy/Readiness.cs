using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Operations;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Waits until a started workload serves: asked as its users would ask it, from outside its container.</summary>
internal sealed class Readiness(EngineSeams seams, WorkloadLauncher launcher)
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // What cannot be asked anything has started well when it has not ended by then.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Returns once it serves.</summary>
    /// <exception cref="NuaException"><c>deploy.app-not-answering</c>, <c>deploy.app-died</c> and the same of providers</exception>
    public async Task WaitAsync(
        Deployment deployment, WorkloadPlan workload, HealthCheck? health, int? webPort, CancellationToken cancellation)
    {
        var limit = health is null ? DefaultLimit : health.StartPeriod + (health.Retries * health.Interval);
        var ask = await QuestionAsync(deployment, workload, health, webPort, cancellation);
        var begun = seams.Clock.GetTimestamp();
        int? restarts = null;
        while (true)
        {
            // Restarts of earlier days do not count: the engine may have been restarted, or the host.
            var found = await MustRunAsync(deployment, workload, restarts, cancellation);
            restarts ??= found.Restarts;
            var why = found.Status is WorkloadStatus.Running
                ? await AskAsync(ask, found, health?.Timeout ?? DefaultTimeout, cancellation)
                : "the engine restarts it";
            if (why is null)
            {
                return;
            }

            if (seams.Clock.GetElapsedTime(begun) > limit)
            {
                throw new NuaException(DeployProblems.NotReady(
                    workload.Role,
                    limit,
                    await launcher.RedactAsync(deployment, why, cancellation),
                    await launcher.LastLinesAsync(deployment, workload, cancellation)));
            }

            await Task.Delay(Pause, seams.Clock, cancellation);
        }
    }

    /// <summary>How this workload is asked; the answer is why it does not serve yet.</summary>
    private async Task<Question> QuestionAsync(
        Deployment deployment, WorkloadPlan workload, HealthCheck? health, int? webPort, CancellationToken cancellation)
    {
        if (health is not null)
        {
            return async (_, limited) => WhyNot(health.Command, await launcher.RunLineAsync(workload, health.Command, limited));
        }

        if (workload.Module is { } module && seams.Providers.Find(module) is IServerProvider provider)
        {
            var command = provider.IsReady(await launcher.EnvironmentAsync(deployment, workload, cancellation));
            return async (running, limited) =>
                WhyNot(command.Arguments[0], await seams.Runtime.ExecAsync(running.Id, command, limited));
        }

        var begun = seams.Clock.GetTimestamp();
        return webPort is { } port
            ? (running, limited) => seams.Probe.WhyNotAsync(new Uri($"http://{running.Address}:{port}/"), limited)
            : (running, _) => Task.FromResult(WhyNotSettled(running, begun));
    }

    private async Task<string?> AskAsync(Question ask, Workload running, TimeSpan timeout, CancellationToken cancellation)
    {
        try
        {
            return await seams.Clock.WithinAsync(timeout, limited => ask(running, limited), cancellation);
        }
        catch (TimeoutException)
        {
            return $"no answer within {timeout.TotalSeconds:0.#} s";
        }
        catch (NuaException refusal) when (refusal.Problem.Code is "runtime.workload-stopped" or "runtime.workload-missing" or IWorkloadPauser.PausedCode or "runtime.refused")
        {
            // It ended between the look and the question: the next look tells how.
            return refusal.Problem.Message;
        }
    }

    // Whoever sets the clock back meanwhile does not make it wait.
    private string? WhyNotSettled(Workload running, long begun) =>
        running.StartedAt + Settling <= seams.Clock.GetUtcNow() || seams.Clock.GetElapsedTime(begun) >= Settling
            ? null
            : "it has only just started";

    private static string? WhyNot(string command, ExecOutcome outcome) => outcome.Succeeded
        ? null
        : $"'{command}' ended with {outcome.ExitCode} {outcome.LastLine}".TrimEnd();

    private async Task<Workload> MustRunAsync(
        Deployment deployment, WorkloadPlan workload, int? restarts, CancellationToken cancellation)
    {
        var found = await seams.Runtime.FindAsync(new WorkloadId(workload.Name), cancellation);
        if (found is { Status: WorkloadStatus.Running or WorkloadStatus.Restarting } && found.Restarts <= (restarts ?? found.Restarts))
        {
            return found;
        }

        var how = found switch
        {
            null => "its container is gone",
            { OutOfMemory: true } => "it was out of memory",
            { ExitCode: { } code } => $"exit code {code}",
            { Status: WorkloadStatus.Paused } => "it is paused",
            _ => $"it was restarted {found.Restarts - restarts} times",
        };
        throw new NuaException(DeployProblems.Died(workload.Role, how, await launcher.LastLinesAsync(deployment, workload, cancellation)));
    }

    /// <summary>Asks a workload that runs; answers why it does not serve yet, or <see langword="null"/> when it does.</summary>
    private delegate Task<string?> Question(Workload running, CancellationToken cancellation);
}

/// <summary>Asks a web server for its front page.</summary>
public interface IWebProbe
{
    /// <summary><see langword="null"/> when it gave any HTTP answer; else why it did not.</summary>
    Task<string?> WhyNotAsync(Uri address, CancellationToken cancellation);
}
