using System.Text.RegularExpressions;

namespace Nua.Core.Packages.Reading;

/// <summary>Reads the <c>[[cron]]</c> tables.</summary>
internal static partial class CronReader
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<CronJob> ReadAll(Section section) => section.Tables("cron", Read) ?? [];

    private static CronJob Read(Section section)
    {
        var job = new CronJob
        {
            Name = section.RequiredText("name"),
            Schedule = section.RequiredText("schedule"),
            Command = section.RequiredText("command"),
        };
        job = job with
        {
            TimeZone = section.FilledText("time-zone") ?? job.TimeZone,
            Timeout = section.Duration("timeout", Shortest) ?? job.Timeout,
        };
        Check(section, job);
        return job;
    }

    /// <summary>What is not there was said already.</summary>
    private static void Check(Section section, CronJob job)
    {
        if (job.Name.Length > 0 && !JobName.IsMatch(job.Name))
        {
            section.Source.Error(PackageProblems.BadCronName(section.PathOf("name"), job.Name), section.PlaceOf("name"));
        }

        if (job.Schedule.Length > 0 && CronTimes.WhyNot(job.Schedule) is { } why)
        {
            section.Source.Error(PackageProblems.BadSchedule(section.PathOf("schedule"), job.Schedule, why), section.PlaceOf("schedule"));
        }

        if (CronTimes.ZoneOf(job.TimeZone) is null)
        {
            section.Source.Error(PackageProblems.UnknownTimeZone(section.PathOf("time-zone"), job.TimeZone), section.PlaceOf("time-zone"));
        }
    }

    [GeneratedRegex(@"^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex JobName { get; }
}
