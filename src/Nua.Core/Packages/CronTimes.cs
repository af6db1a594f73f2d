using Cronos;

namespace Nua.Core.Packages;

/// <summary>
/// When a job is due. Where clocks are put forward, what was due in the hour that is missing is due right after it; where they are put
/// back, a job with a fixed hour runs once, and one of every so many minutes in both hours.
/// </summary>
public sealed class CronTimes
{
    /// <summary>How far back to look for the last time: nearest first, so that few steps lead there. No schedule is rarer than the last.</summary>
    private static readonly TimeSpan[] Looks =
        [TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(32), TimeSpan.FromDays(366), TimeSpan.FromDays(366 * 8)];

    private readonly CronExpression _schedule;
    private readonly TimeZoneInfo _zone;

    private CronTimes(CronExpression schedule, TimeZoneInfo zone) => (_schedule, _zone) = (schedule, zone);

    /// <summary>The times of a job that was read; a zone that this machine does not know is UTC.</summary>
    public static CronTimes Of(CronJob job) =>
        new(CronExpression.Parse(job.Schedule, CronFormat.Standard), ZoneOf(job.TimeZone) ?? TimeZoneInfo.Utc);

    /// <summary>Why a text is no schedule; <see langword="null"/>: it is one.</summary>
    internal static string? WhyNot(string schedule)
    {
        try
        {
            return CronExpression.Parse(schedule, CronFormat.Standard).GetNextOccurrence(DateTime.UnixEpoch, TimeZoneInfo.Utc) is null
                ? "it never comes"
                : null;
        }
        catch (CronFormatException wrong)
        {
            return wrong.Message.TrimEnd('.');
        }
    }

    /// <summary>The time zone of that name, if this machine knows it.</summary>
    internal static TimeZoneInfo? ZoneOf(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>The next time after that moment.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _schedule.GetNextOccurrence(after, _zone);

    /// <summary>
    /// The last time after <paramref name="since"/> that has come; <see langword="null"/>: none has. However many were missed, it is one.
    /// </summary>
    public DateTimeOffset? Due(DateTimeOffset since, DateTimeOffset now)
    {
        foreach (var look in Looks)
        {
            var from = since > now - look ? since : now - look;
            if (LastBetween(from, now) is { } last)
            {
                return last;
            }

            if (from == since)
            {
                break;
            }
        }

        return null;
    }

    private DateTimeOffset? LastBetween(DateTimeOffset from, DateTimeOffset now)
    {
        DateTimeOffset? last = null;
        for (var next = Next(from); next <= now; next = Next(next.Value))
        {
            last = next;
        }

        return last;
    }
}
