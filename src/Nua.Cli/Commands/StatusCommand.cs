using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua status [INSTANCE]</c></summary>
internal static class StatusCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Optional(server, "The instance; without it, the server.");
        var command = new VerbCommand(
            "status", "Show an instance with its parts, or the server.", "nua status guestbook", 3, 8) { instance };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(
            line,
            () => line.GetValue(instance) is { } name
                ? OfInstanceAsync(server, terminal.Clock, name, cancellation)
                : ServerStatus.AskAsync(server, cancellation)));
        return command;
    }

    private static async Task<Answer> OfInstanceAsync(
        NuaClient server, TimeProvider clock, string name, CancellationToken cancellation)
    {
        var detail = await server.InstanceAsync(name, cancellation);
        return Answer.Of(detail, ApiJson.Default.InstanceDetail, console => Show(console, detail, clock.GetUtcNow()));
    }

    private static void Show(IAnsiConsole console, InstanceDetail detail, DateTimeOffset now)
    {
        var one = detail.Instance;
        console.MarkupLine($"[bold]{Markup.Escape(one.Name)}[/]  {Words.State(one.State)}  {Markup.Escape(one.Url ?? one.Domain)}");
        console.WriteLine($"{one.App} {one.Version}, deployment {one.Deployment} of {Words.Time(detail.DeployedAt)}");
        console.WriteLine();
        console.Write(WorkloadsOf(detail, now));
        foreach (var share in detail.Shared)
        {
            console.WriteLine($"{share.Role}: a database in {share.Server}, which is shared");
        }

        if (one.Tenants is { } tenants)
        {
            console.WriteLine($"shared by: {(tenants.Count > 0 ? string.Join(", ", tenants) : "nobody")}");
        }

        foreach (var volume in detail.Volumes)
        {
            console.WriteLine($"volume {volume.Role}: {volume.Name} ({volume.Driver})");
        }

        foreach (var job in detail.Cron)
        {
            console.MarkupLine($"cron {Markup.Escape(job.Name)}: {CronCommand.Outcome(job, now)}{Why(job)}");
        }

        if (one.UnderWay is { } busy)
        {
            console.WriteLine();
            console.WriteLine($"under way: {OperationText.Of(busy)} ({busy.Id})");
        }
        else if (detail.LastOperation is { } last)
        {
            console.WriteLine();
            console.MarkupLine(
                $"last operation: {Markup.Escape(last.Kind)} {Words.State(last.State)}, {Words.Age(now - last.StartedAt)} ago, " +
                $"by {Markup.Escape(last.StartedBy)} ({last.Id})");
            OperationText.ShowRepairs(console, last);
        }
    }

    private static string Why(CronView job) =>
        job.Last is { Problem: { } problem } last ? Markup.Escape($": {problem.Detail} ({last.Id})") : "";

    private static Table WorkloadsOf(InstanceDetail detail, DateTimeOffset now)
    {
        var table = PlainTable.Of("WORKLOAD", "STATUS", "UP", "RESTARTS", "IMAGE");
        foreach (var workload in detail.Workloads)
        {
            table.AddRow(
                Markup.Escape(workload.Role),
                Words.State(workload.Status) + Ending(workload),
                workload is { Status: "running", StartedAt: { } since } ? Words.Age(now - since) : "-",
                $"{workload.Restarts}",
                Markup.Escape(workload.Image));
        }

        return table;
    }

    private static string Ending(InstanceWorkload workload) => workload switch
    {
        { OutOfMemory: true } => " (out of memory)",
        { ExitCode: { } code } => $" (exit code {code})",
        _ => "",
    };
}
