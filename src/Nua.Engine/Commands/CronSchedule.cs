using System.Text.Json;
using Nua.Core.Names;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.Deploy;
using Nua.Engine.Operations;
using Nua.Engine.State;

namespace Nua.Engine.Commands;

/// <summary>
/// Starts what is due. What was missed while the server or the instance did not run is caught up with one run; what comes due while
/// the run before goes on is left out. When a job was last due, the journal tells.
/// </summary>
public sealed class CronSchedule(EngineSeams seams, OperationRunner runner, IOperationLog log, RunCron run)
{
    /// <summary>Of each job, this many runs are remembered.</summary>
    public const int RunsKept = 20;

    /// <summary>Who asks for what is due.</summary>
    public const string Asker = "schedule";

    private Dictionary<InstanceName, Timetable> _timetables = [];

    /// <summary>Starts what is due now; answers what was started. One pass at a time.</summary>
    public async Task<IReadOnlyList<CronRequest>> PassAsync(CancellationToken cancellation)
    {
        var started = new List<CronRequest>();
        var timetables = new Dictionary<InstanceName, Timetable>();
        foreach (var record in (await seams.Journal.InstancesAsync(cancellation)).Where(one => one.Desired is DesiredState.Started))
        {
            var timetable = timetables[record.Name] = await TimetableAsync(record, cancellation);
            var now = seams.Clock.GetUtcNow();
            foreach (var entry in timetable.Entries.Where(entry => entry.NextLook <= now))
            {
                entry.NextLook = entry.Times.Next(now) ?? DateTimeOffset.MaxValue;
                if (await DueAsync(record.Name, entry, timetable.Since, now, cancellation) is { } due
                    && await TryStartAsync(due, cancellation))
                {
                    started.Add(due);
                }
            }
        }

        _timetables = timetables;
        return started;
    }

    /// <summary>The jobs of an instance, when they come next, and how they ended last.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c></exception>
    public async Task<IReadOnlyList<CronState>> JobsAsync(InstanceName instance, CancellationToken cancellation)
    {
        var deployment = await OpenCommand.CurrentAsync(seams, instance, cancellation);
        var runs = await seams.Journal.FindAsync(instance, cancellation) is { Desired: DesiredState.Started };
        var states = new List<CronState>();
        foreach (var job in RunCron.JobsOf(deployment))
        {
            var next = runs ? CronTimes.Of(job).Next(seams.Clock.GetUtcNow()) : null;
            states.Add(new CronState(job, next, await LastAsync(instance, job.Name, cancellation)));
        }

        return states;
    }

    /// <summary>The request for a run that somebody asks for, whatever the clock says.</summary>
    /// <exception cref="NuaException"><c>deploy.no-instance</c>, <c>command.no-job</c></exception>
    public async Task<CronRequest> AskAsync(InstanceName instance, string job, CancellationToken cancellation) =>
        RunCron.JobsOf(await OpenCommand.CurrentAsync(seams, instance, cancellation)).Any(one => one.Name == job)
            ? new CronRequest(instance, job, seams.Clock.GetUtcNow())
            : throw new NuaException(CommandProblems.NoJob(instance, job));

    /// <summary>Read once for each deployment: a config is long, and hardly ever changes.</summary>
    private async Task<Timetable> TimetableAsync(InstanceRecord record, CancellationToken cancellation)
    {
        if (_timetables.TryGetValue(record.Name, out var known) && known.Deployment == record.Deployment)
        {
            return known;
        }

        var deployment = (await seams.Journal.DeploymentAsync(record.Name, record.Deployment, cancellation))!;
        return new Timetable(
            record.Deployment, deployment.At, [.. RunCron.JobsOf(deployment).Select(job => new Entry(job.Name, CronTimes.Of(job)))]);
    }

    private async Task<CronRequest?> DueAsync(
        InstanceName instance, Entry entry, DateTimeOffset deployedAt, DateTimeOffset now, CancellationToken cancellation)
    {
        var last = await LastAsync(instance, entry.Job, cancellation) is { } operation
            ? JsonSerializer.Deserialize(operation.Request, EngineJson.Default.CronRequest)!.Scheduled
            : deployedAt;
        return entry.Times.Due(last, now) is { } due ? new CronRequest(instance, entry.Job, due) : null;
    }

    /// <summary>While the run before goes on, this one is left out.</summary>
    private async Task<bool> TryStartAsync(CronRequest due, CancellationToken cancellation)
    {
        try
        {
            await runner.StartAsync(run, due, Asker, cancellation);
            await log.ForgetAsync(RunCron.Subject(due.Instance, due.Job), RunsKept, cancellation);
            return true;
        }
        catch (NuaException taken) when (taken.Problem.Code == OperationProblems.LockedCode)
        {
            return false;
        }
    }

    private async Task<OperationRecord?> LastAsync(InstanceName instance, string job, CancellationToken cancellation) =>
        await log.ListAsync(new OperationFilter(RunCron.Subject(instance, job)), limit: 1, cancellation) is [var last, ..] ? last : null;

    private sealed record Timetable(int Deployment, DateTimeOffset Since, IReadOnlyList<Entry> Entries);

    private sealed class Entry(string job, CronTimes times)
    {
        public string Job => job;

        public CronTimes Times => times;

        /// <summary>Nothing is due before; when the server has just started, something may be already.</summary>
        public DateTimeOffset NextLook { get; set; } = DateTimeOffset.MinValue;
    }
}

/// <summary>A job as it is now.</summary>
/// <param name="Job">What it is.</param>
/// <param name="Next">When it comes next; <see langword="null"/>: its instance does not run.</param>
/// <param name="Last">Its newest run that is remembered.</param>
public sealed record CronState(CronJob Job, DateTimeOffset? Next, OperationRecord? Last);
