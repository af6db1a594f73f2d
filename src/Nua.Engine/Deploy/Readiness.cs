using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Waits until a started workload serves: asked as its users would ask it, from outside its container.</summary>
internal sealed class Readiness(EngineSeams seams, WorkloadLauncher launcher)
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns once it serves.</summary>
    /// <exception cref="NuaException"><c>deploy.app-not-answering</c>, <c>deploy.app-died</c> and the same of providers</exception>
    public async Task WaitAsync(Deployment deployment, WorkloadPlan workload, HealthCheck? health, CancellationToken cancellation)
    {
        var limit = health?.StartPeriod is { Ticks: > 0 } period ? period : DefaultLimit;
        var ask = await QuestionAsync(deployment, workload, health, cancellation);
        var until = seams.Clock.GetUtcNow() + limit;
        while (true)
        {
            var running = await MustRunAsync(deployment, workload, cancellation);
            var why = await ask(running);
            if (why is null)
            {
                return;
            }

            if (seams.Clock.GetUtcNow() > until)
            {
                throw new NuaException(DeployProblems.NotReady(
                    workload.Role, limit, why, await launcher.LastLinesAsync(deployment, workload, cancellation)));
            }

            await Task.Delay(Pause, seams.Clock, cancellation);
        }
    }

    /// <summary>How this workload is asked; the answer is why it does not serve yet.</summary>
    private async Task<Func<Workload, Task<string?>>> QuestionAsync(
        Deployment deployment, WorkloadPlan workload, HealthCheck? health, CancellationToken cancellation)
    {
        if (health is not null)
        {
            return async _ => WhyNot(health.Command, await launcher.RunLineAsync(workload, health.Command, cancellation));
        }

        if (workload.Module is { } module && seams.Providers.Find(module) is { } provider)
        {
            var command = provider.IsReady(await launcher.EnvironmentAsync(deployment, workload, cancellation));
            return async running => WhyNot(command.Arguments[0], await seams.Runtime.ExecAsync(running.Id, command, cancellation));
        }

        return workload.Role == WorkloadPlan.AppRole && deployment.WebPort is { } port
            ? running => seams.Probe.WhyNotAsync(new Uri($"http://{running.Address}:{port}/"), cancellation)
            : _ => Task.FromResult<string?>(null);
    }

    private static string? WhyNot(string command, ExecOutcome outcome) =>
        outcome.Succeeded ? null : $"'{command}' ended with {outcome.ExitCode} {outcome.Error.Trim()}".TrimEnd();

    private async Task<Workload> MustRunAsync(Deployment deployment, WorkloadPlan workload, CancellationToken cancellation)
    {
        var found = await seams.Runtime.FindAsync(new WorkloadId(workload.Name), cancellation);
        if (found is { Status: WorkloadStatus.Running, Restarts: 0 })
        {
            return found;
        }

        var how = found switch
        {
            null => "its container is gone",
            { OutOfMemory: true } => "it was out of memory",
            { ExitCode: { } code } => $"exit code {code}",
            _ => $"it was restarted {found.Restarts} times",
        };
        throw new NuaException(DeployProblems.Died(workload.Role, how, await launcher.LastLinesAsync(deployment, workload, cancellation)));
    }
}

/// <summary>Asks a web server for its front page.</summary>
public interface IWebProbe
{
    /// <summary><see langword="null"/> when it gave any HTTP answer; else why it did not.</summary>
    Task<string?> WhyNotAsync(Uri address, CancellationToken cancellation);
}
