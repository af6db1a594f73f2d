using System.Globalization;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Packages;

public sealed class CronTests
{
    [Fact]
    public void A_job_is_read_and_written_as_it_was()
    {
        var package = PackageReader.Read("nua-config.toml", Config(
            """
            name = "nightly-digest"
            schedule = "30 3 * * *"
            time_zone = "Europe/Paris"
            command = "python -m notes.digest"
            timeout = "20min"
            """));
        var again = PackageReader.Read("nua-config.json", PackageWriter.ToJson(package));

        var job = Assert.Single(package.Cron);
        Assert.Equal(
            new CronJob
            {
                Name = "nightly-digest",
                Schedule = "30 3 * * *",
                TimeZone = "Europe/Paris",
                Command = "python -m notes.digest",
                Timeout = TimeSpan.FromMinutes(20),
            },
            job);
        Assert.Equal(package.Cron, again.Cron);
    }

    [Fact]
    public void What_nobody_says_is_utc_and_an_hour()
    {
        var job = Assert.Single(PackageReader.Read("nua-config.toml", Config(Lines("x", "@daily"))).Cron);

        Assert.Equal(("UTC", TimeSpan.FromHours(1)), (job.TimeZone, job.Timeout));
    }

    [Theory]
    [InlineData("schedule = \"61 * * * *\"", "package.bad-schedule", 9)]
    [InlineData("schedule = \"* * * *\"", "package.bad-schedule", 9)]
    [InlineData("schedule = \"0 0 30 2 *\"", "package.bad-schedule", 9)]
    [InlineData("schedule = \"@daily\"\ntime-zone = \"Europe/Nowhere\"", "package.unknown-time-zone", 10)]
    [InlineData("schedule = \"@daily\"\nname = \"Nightly Digest\"", "package.bad-cron-name", 10)]
    [InlineData("name = \"x\"", "package.missing-key", 7)]
    public void What_is_wrong_is_said_where_it_is(string lines, string code, int line)
    {
        var name = lines.Contains("name = ") ? "" : "name = \"x\"\n";
        var findings = PackageReader.Inspect("nua-config.toml", Config($"command = \"true\"\n{lines}\n{name}")).Findings;

        var finding = Assert.Single(findings, finding => finding.Severity is FindingSeverity.Error);
        Assert.Equal((code, line), (finding.Problem.Code, finding.Line));
    }

    [Fact]
    public void Two_jobs_have_two_names()
    {
        var findings = PackageReader.Inspect(
            "nua-config.toml", Config($"{Lines("x", "@daily")}\n[[cron]]\n{Lines("x", "@hourly")}")).Findings;

        Assert.Equal("package.used-twice", Assert.Single(findings).Problem.Code);
    }

    [Theory]
    [InlineData("*/15 * * * *", "2026-01-01T10:00Z", "2026-01-01T10:14Z", null)]
    [InlineData("*/15 * * * *", "2026-01-01T10:00Z", "2026-01-01T10:15Z", "2026-01-01T10:15Z")]
    [InlineData("*/15 * * * *", "2026-01-01T10:00Z", "2026-03-05T07:31Z", "2026-03-05T07:30Z")]
    [InlineData("0 3 * * *", "2026-01-01T10:00Z", "2026-01-09T02:59Z", "2026-01-08T03:00Z")]
    [InlineData("0 0 1 1 *", "2020-06-01T00:00Z", "2025-11-11T00:00Z", "2025-01-01T00:00Z")]
    [InlineData("0 0 29 2 *", "2023-01-01T00:00Z", "2027-12-31T00:00Z", "2024-02-29T00:00Z")]
    public void What_was_missed_is_due_once(string schedule, string since, string now, string? due) =>
        Assert.Equal(due is null ? null : At(due), TimesOf(schedule).Due(At(since), At(now)));

    [Theory]
    // Clocks are put forward at 2:00 to 3:00: what was due at 2:30 is due at 3:00.
    [InlineData("30 2 * * *", "2026-03-28T12:00Z", "2026-03-29T01:00Z")]
    // Clocks are put back at 3:00 to 2:00: a fixed hour comes once, the first time.
    [InlineData("30 2 * * *", "2026-10-24T12:00Z", "2026-10-25T00:30Z")]
    [InlineData("30 2 * * *", "2026-10-25T00:30Z", "2026-10-26T01:30Z")]
    // Every half hour goes on through both hours.
    [InlineData("*/30 * * * *", "2026-10-25T00:30Z", "2026-10-25T01:00Z")]
    [InlineData("*/30 * * * *", "2026-10-25T01:00Z", "2026-10-25T01:30Z")]
    public void Clocks_that_are_put_forward_and_back_are_heeded(string schedule, string after, string next) =>
        Assert.Equal(At(next), TimesOf(schedule, "Europe/Paris").Next(At(after))!.Value.ToUniversalTime());

    private static CronTimes TimesOf(string schedule, string zone = "UTC") =>
        CronTimes.Of(new CronJob { Name = "x", Schedule = schedule, Command = "true", TimeZone = zone });

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Lines(string name, string schedule) => $"name = \"{name}\"\nschedule = \"{schedule}\"\ncommand = \"true\"";

    private static string Config(string job) =>
        $"""
        [metadata]
        id = "notes"
        version = "1.0"
        title = "Notes"
        author = "The Nua developers"

        [[cron]]
        {job}
        """;
}
