using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.Runtimes;
using Nua.Engine.State;

namespace Nua.Engine.Commands;

/// <summary>A run of a job.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Job">Its name.</param>
/// <param name="Scheduled">When it was due; of a run that somebody asked for, when they did.</param>
public sealed record CronRequest(InstanceName Instance, string Job, DateTimeOffset Scheduled);

/// <summary>A run that succeeded.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Job">Its name.</param>
/// <param name="LastLine">The last line it wrote.</param>
public sealed record CronResult(InstanceName Instance, string Job, string LastLine);

/// <summary>
/// Runs a <c>[[cron]]</c> of an instance in a container of its own. One run of a job at a time: they share a subject. A run that a
/// crash interrupted has failed, and is not taken up again.
/// </summary>
public sealed class RunCron(EngineSeams seams, OneOffGate gate) : UseCase<CronRequest, CronResult>(
    "cron", EngineJson.Default.CronRequest, EngineJson.Default.CronResult)
{
    private const int LinesShown = 20;
    private readonly InstanceRunner _instance = new(seams);
    private readonly OneOffContainer _container = new(seams, gate);

    /// <summary>What the journal has the runs of a job under.</summary>
    public static string Subject(InstanceName instance, string job) => $"{instance}/cron-{job}";

    public override string SubjectOf(CronRequest request) => Subject(request.Instance, request.Job);

    public override async Task<CronResult> RunAsync(CronRequest request, Operation operation, CancellationToken cancellation)
    {
        var deployment = await seams.CurrentDeploymentAsync(request.Instance, operation, cancellation);
        var job = JobsOf(deployment).FirstOrDefault(job => job.Name == request.Job)
            ?? throw new NuaException(CommandProblems.NoJob(request.Instance, request.Job));
        return await _container.RunAsync(
            operation,
            deployment,
            operation.Id,
            $"run {job.Name}",
            EngineJson.Default.CronResult,
            place => RunAsync(deployment, place, job, cancellation),
            cancellation);
    }

    /// <summary>What a deployment runs by the clock.</summary>
    internal static IReadOnlyList<CronJob> JobsOf(Deployment deployment) => PackageReader.Read("nua-config.json", deployment.Config).Cron;

    private async Task<CronResult> RunAsync(Deployment deployment, WorkloadId place, CronJob job, CancellationToken cancellation)
    {
        ExecOutcome outcome;
        try
        {
            outcome = await _instance.TryLineAsync(
                deployment, deployment.App with { Name = place.Value }, job.Command, job.Timeout, cancellation);
        }
        catch (TimeoutException late)
        {
            throw new NuaException(CommandProblems.JobTooSlow(deployment.Instance, job.Name, job.Timeout), late);
        }

        var lines = $"{outcome.Output}\n{outcome.Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(LinesShown);
        return outcome.Succeeded
            ? new CronResult(deployment.Instance, job.Name, outcome.LastLine)
            : throw new NuaException(CommandProblems.JobFailed(deployment.Instance, job.Name, outcome.ExitCode, [.. lines]));
    }
}
