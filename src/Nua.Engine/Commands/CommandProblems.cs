using Nua.Core.Names;
using Nua.Core.Problems;

namespace Nua.Engine.Commands;

/// <summary>The words of the room.</summary>
public static class CommandProblems
{
    /// <summary>The instance has no such workload.</summary>
    public static Problem NoWorkload(InstanceName instance, string role, IEnumerable<string> roles) => new(
        ProblemKind.NotFound,
        "command.no-workload",
        $"'{instance}' has no workload '{role}'.",
        $"Name one of these: {string.Join(", ", roles)}.");

    /// <summary>The workload does not run.</summary>
    public static Problem NotRunning(InstanceName instance, string role, string status) => new(
        ProblemKind.Conflict,
        "command.not-running",
        $"'{role}' of '{instance}' is {status}, so no command can run in it.",
        status is "paused" ? $"Let it go on with 'nua unpause {instance}'." : $"Start it with 'nua start {instance}', or see 'nua logs {instance}'.");

    /// <summary>The runtime cannot do it.</summary>
    public static Problem CannotTalk(string runtime) => new(
        ProblemKind.Conflict,
        "command.not-here",
        $"The runtime '{runtime}' lets nobody talk with a command.",
        "Use the engine's own tools.");

    /// <summary>Nothing was typed or written for too long.</summary>
    public static Problem Quiet(TimeSpan limit) => new(
        ProblemKind.Unavailable,
        "command.quiet",
        $"Nobody typed and nothing was written for {limit.TotalMinutes:0} minutes: the session was ended, and its command with it.",
        "Open another; what takes that long runs without a terminal (-T), or as a [[cron]] job.");

    /// <summary>It took too long.</summary>
    public static Problem TooLong(TimeSpan limit) => new(
        ProblemKind.Unavailable,
        "command.too-long",
        $"The command did not end within {limit.TotalHours:0} hours, and was ended.",
        "Divide the work, or let the application do it.");

    /// <summary>The instance has no such job.</summary>
    public static Problem NoJob(InstanceName instance, string job) => new(
        ProblemKind.NotFound,
        "command.no-job",
        $"'{instance}' has no job '{job}'.",
        $"See what it has with 'nua cron list {instance}'.");

    /// <summary>The command of a job failed.</summary>
    public static Problem JobFailed(InstanceName instance, string job, int exitCode, IReadOnlyList<string> output) => new(
        ProblemKind.TestsFailed,
        "command.job-failed",
        $"The job '{job}' of '{instance}' ended with {exitCode}.",
        $"Its last lines are above. Mend it, and try it with 'nua cron run {instance} {job}'.",
        output);

    /// <summary>The command of a job took too long.</summary>
    public static Problem JobTooSlow(InstanceName instance, string job, TimeSpan limit) => new(
        ProblemKind.TestsFailed,
        "command.job-too-slow",
        $"The job '{job}' of '{instance}' did not end within {Core.Quantities.Duration.Format(limit)}, and was ended.",
        "Give it more time with 'timeout' in its [[cron]], or less to do.");

    /// <summary>The server ends.</summary>
    public static Problem ServerEnds() => new(
        ProblemKind.Unavailable,
        "command.server-ends",
        "The server ends, and the command was ended with it.",
        "Try again when 'nua server status' says that it is ready.");
}
