using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua cron list|run</c></summary>
internal static class CronCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("cron", "See what an instance runs by the clock, and run it now.", "nua cron list guestbook", 3, 8)
        {
            List(server, terminal),
            Run(server, terminal),
        };

    /// <summary>How a job ended last, as markup.</summary>
    public static string Outcome(CronView job, DateTimeOffset now) => job.Last is { } last
        ? $"{Words.State(last.State)} {Words.Age(now - last.StartedAt)} ago"
        : "-";

    private static VerbCommand List(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var command = new VerbCommand(
            "list", "List what an instance runs by the clock, and how it ended last.", "nua cron list guestbook", 3, 8) { instance };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.CronAsync(line.GetRequiredValue(instance), cancellation);
            return Answer.Of(list, ApiJson.Default.CronList, console => Show(console, list, terminal.Clock.GetUtcNow()));
        }));
        return command;
    }

    private static VerbCommand Run(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var job = new Argument<string>("job") { Description = "The name of the job." };
        var wait = new WaitOptions();
        var command = new VerbCommand(
            "run", "Run a job now, whatever its schedule says.", "nua cron run guestbook nightly-digest", 3, 6, 8, 9) { instance, job };
        wait.AddTo(command);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var name = line.GetRequiredValue(job);
            var asked = await wait.PatienceOf(line, server, progress).AskAsync(
                () => server.RunCronAsync(line.GetRequiredValue(instance), name, cancellation));
            return wait.Waits(line)
                ? OperationAnswer.Ended(await new OperationFollower(server, terminal).FollowAsync(asked, progress, cancellation), $"{name} succeeded")
                : OperationAnswer.Asked(asked);
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, CronList list, DateTimeOffset now)
    {
        if (list.Jobs.Count == 0)
        {
            console.WriteLine($"{list.Instance} runs nothing by the clock: its package has no [[cron]].");
            return;
        }

        var table = PlainTable.Of("JOB", "SCHEDULE", "NEXT", "LAST", "OPERATION");
        foreach (var job in list.Jobs)
        {
            table.AddRow(
                Markup.Escape(job.Name),
                Markup.Escape(job.TimeZone is "UTC" ? job.Schedule : $"{job.Schedule} {job.TimeZone}"),
                job.Next is { } next ? Words.Time(next.ToUniversalTime()) : "-",
                Outcome(job, now),
                job.Last?.Id ?? "-");
        }

        console.Write(table);
    }
}
