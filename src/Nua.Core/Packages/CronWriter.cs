using Nua.Core.Quantities;

namespace Nua.Core.Packages;

/// <summary>Writes the <c>[[cron]]</c> tables; a key that has its default is left out.</summary>
internal static class CronWriter
{
    public static void Write(NormalForm json, IReadOnlyList<CronJob> jobs)
    {
        if (jobs.Count > 0)
        {
            json.Objects("cron", jobs, job =>
            {
                var usual = new CronJob { Name = "", Schedule = "", Command = "" };
                json.Text("name", job.Name);
                json.Text("schedule", job.Schedule);
                json.OwnText("time-zone", job.TimeZone == usual.TimeZone ? null : job.TimeZone);
                json.Text("command", job.Command);
                json.OwnText("timeout", job.Timeout == usual.Timeout ? null : Duration.Format(job.Timeout));
            });
        }
    }
}
