using System.Globalization;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Providers;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Measuring;

/// <summary>Asks all workloads of an instance for their figures, at once. Looks, and changes nothing.</summary>
public sealed class MeasureInstance(EngineSeams seams)
{
    /// <summary>How long a server has to answer. Inside its workload the question is ended then, so that none piles up there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long the engine has to bring the answer.</summary>
    private static readonly TimeSpan Limit = Patience + TimeSpan.FromSeconds(3);

    private readonly WorkloadLauncher _launcher = new(seams.Runtime, seams.Vault, seams.Names, new HostFolders(seams.OwnFolders));

    /// <summary>The figures of what serves. What does not answer is said not to; the rest is told all the same.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c>, <c>runtime.unreachable</c></exception>
    public async Task<InstanceMetrics> RunAsync(InstanceName instance, CancellationToken cancellation)
    {
        if (await seams.Journal.FindAsync(instance, cancellation) is not { IsThere: true } record)
        {
            throw new NuaException(DeployProblems.NoInstance(instance));
        }

        var deployment = (await seams.Journal.DeploymentAsync(instance, record.Deployment, cancellation))!;
        var at = seams.Clock.GetUtcNow();
        var workloads = await Task.WhenAll(deployment.Workloads.Select(workload => MeasureAsync(deployment, workload, cancellation)));
        return new InstanceMetrics(instance, at, workloads);
    }

    private async Task<WorkloadMetrics> MeasureAsync(Deployment deployment, WorkloadPlan workload, CancellationToken cancellation)
    {
        var use = UseAsync(workload, cancellation);
        var server = workload.Module is { } name && seams.Providers.Find(name) is IMeasured module
            ? AskAsync(deployment, workload, module, cancellation)
            : Task.FromResult<ServerAnswer?>(null);
        await Task.WhenAll(use, server);
        return new WorkloadMetrics(workload.Role, workload.Module, await use, await server);
    }

    private async Task<IReadOnlyList<Metric>> UseAsync(WorkloadPlan workload, CancellationToken cancellation)
    {
        if (seams.Runtime is not IWorkloadMeter meter)
        {
            return [];
        }

        try
        {
            var use = await seams.Clock.WithinAsync(
                Limit, limited => meter.MeasureAsync(new WorkloadId(workload.Name), limited), cancellation);
            return use is null ? [] : UseMetrics.Of(use);
        }
        catch (Exception failure) when (failure is TimeoutException or NuaException { Problem.Code: "runtime.refused" })
        {
            return [];
        }
    }

    private async Task<ServerAnswer?> AskAsync(
        Deployment deployment, WorkloadPlan workload, IMeasured module, CancellationToken cancellation)
    {
        var question = module.Measure(await _launcher.EnvironmentAsync(deployment, workload, cancellation));
        try
        {
            var outcome = await seams.Clock.WithinAsync(
                Limit, limited => seams.Runtime.ExecAsync(new WorkloadId(workload.Name), Bounded(question), limited), cancellation);
            return outcome.Succeeded && module.Read(outcome.Output) is { Count: > 0 } metrics
                ? new ServerAnswer(metrics)
                : new ServerAnswer([], await _launcher.RedactAsync(deployment, WhyNot(question, outcome), cancellation));
        }
        catch (TimeoutException)
        {
            return new ServerAnswer([], TooLate);
        }
        catch (NuaException refusal) when (refusal.Problem.Code is "runtime.workload-stopped" or "runtime.workload-missing"
            or IWorkloadPauser.PausedCode or "runtime.refused")
        {
            return new ServerAnswer([], refusal.Problem.Message);
        }
    }

    /// <summary>The same, ended inside the workload when it takes too long: nobody else would.</summary>
    private static ExecCommand Bounded(ExecCommand question) => new(
        ["timeout", "-s", "KILL", Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture), .. question.Arguments])
    {
        Secrets = question.Secrets,
        User = question.User,
        WorkingDirectory = question.WorkingDirectory,
    };

    private static string TooLate => $"It gave no answer within {Patience.TotalSeconds:0} s.";

    // What "timeout" ended was killed.
    private static string WhyNot(ExecCommand question, ExecOutcome outcome) => outcome switch
    {
        { ExitCode: 128 + 9 } => TooLate,
        { Succeeded: true } => $"The answer of '{question.Arguments[0]}' was not understood.",
        _ => $"'{question.Arguments[0]}' ended with {outcome.ExitCode} {outcome.LastLine}".TrimEnd(),
    };
}
