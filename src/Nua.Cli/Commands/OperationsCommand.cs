using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua operations list|show|resume|cancel</c></summary>
internal static class OperationsCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("operations", "See what is being done, what was, and stop it.", "nua operations list", 3, 8)
        {
            List(server, terminal),
            Show(server, terminal),
            Resume(server, terminal),
            Cancel(server, terminal),
        };

    private static VerbCommand List(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Optional(server, "Only those of one instance or app.");
        var limit = new Option<int>("--limit", "-n") { Description = "The newest N (default 20).", HelpName = "N", DefaultValueFactory = _ => 20 };
        var state = new Option<string?>("--state") { Description = "Only those that are running, succeeded, failed or stuck.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong("running", "succeeded", "failed", "stuck");
        var kind = new Option<string?>("--kind") { Description = "Only those that do that: deploy, build, reconcile, destroy …", HelpName = "KIND" };
        var since = new Option<TimeSpan?>("--since") { Description = "Nothing older: 90s, 10m, 2h, 3d.", HelpName = "TIME", CustomParser = Durations.Parse };
        var before = new Option<string?>("--before") { Description = "Go on where a list ended.", HelpName = "ID" };
        var command = new VerbCommand("list", "List the newest operations.", "nua operations list guestbook --since 3d", 8)
        {
            instance, state, kind, since, before, limit,
        };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var query = new OperationQuery(
                line.GetValue(instance),
                line.GetValue(kind),
                line.GetValue(state),
                line.GetValue(since) is { } age ? terminal.Clock.GetUtcNow() - age : null,
                line.GetValue(before),
                line.GetValue(limit));
            var list = await server.OperationsAsync(query, cancellation);
            return Answer.Of(list, ApiJson.Default.OperationList, console => ShowList(console, list));
        }));
        return command;
    }

    private static VerbCommand Show(NuaClient server, Terminal terminal)
    {
        var id = IdArgument();
        var follow = new Option<bool>("--follow", "-f") { Description = "Stay until it ends; then end as it did." };
        var command = new VerbCommand(
            "show", "Show an operation's steps, or stay with it.", "nua operations show guestbook --follow", 3, 4, 5, 6, 7, 8, 9) { id, follow };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var detail = await server.OperationAsync(await IdOfAsync(server, line.GetRequiredValue(id), cancellation), cancellation);
            if (!line.GetValue(follow))
            {
                return Answer.Of(detail, ApiJson.Default.OperationDetail, console => ShowDetail(console, detail));
            }

            var ended = await new OperationFollower(server, terminal).FollowAsync(detail.Operation, progress, cancellation);
            return OperationAnswer.Ended(ended, $"The {ended.Kind} of {ended.Subject} succeeded");
        }));
        return command;
    }

    private static VerbCommand Cancel(NuaClient server, Terminal terminal)
    {
        var id = IdArgument();
        var command = new VerbCommand(
            "cancel", "Ask an operation to stop; what it did is undone.", "nua operations cancel 0190f2…", 3, 8) { id };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var operation = await server.CancelAsync(await IdOfAsync(server, line.GetRequiredValue(id), cancellation), cancellation);
            return Answer.Of(operation, ApiJson.Default.OperationView, console => console.WriteLine(operation.State == "running"
                ? $"Asked it to stop. See how it ends: nua operations show {operation.Id} --follow"
                : $"It had ended before: {operation.State}."));
        }));
        return command;
    }

    private static VerbCommand Resume(NuaClient server, Terminal terminal)
    {
        var id = IdArgument();
        var command = new VerbCommand(
            "resume", "Try now again what could not be put back.", "nua operations resume guestbook", 3, 4, 8, 9) { id };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var asked = await server.ResumeAsync(await IdOfAsync(server, line.GetRequiredValue(id), cancellation), cancellation);
            var ended = await new OperationFollower(server, terminal).EndOfAsync(asked, progress, cancellation);
            return ended is { State: "stuck", Problem: { } problem }
                ? throw new ApiException(CliProblems.StillStuck(ended, problem))
                : Answer.Of(ended, ApiJson.Default.OperationView, console => console.WriteLine(
                    $"The {ended.Kind} of {ended.Subject} has come to its end: {ended.State}. {ended.Subject} is free again."));
        }));
        return command;
    }

    private static Argument<string> IdArgument() =>
        new("id") { Description = "The operation's id, from 'nua operations list'; or an instance, for its newest." };

    /// <summary>The name of an instance begins with a letter, and an id with a digit.</summary>
    private static async Task<string> IdOfAsync(NuaClient server, string text, CancellationToken cancellation) =>
        text is not [>= 'a' and <= 'z', ..] ? text
        : await server.OperationsAsync(new OperationQuery(text, Limit: 1), cancellation) is { Operations: [var newest] } ? newest.Id
        : throw new ApiException(CliProblems.NoOperationOf(text));

    private static void ShowList(IAnsiConsole console, OperationList list)
    {
        var table = PlainTable.Of("ID", "STATE", "WHAT", "STARTED", "TOOK", "BY");
        foreach (var one in list.Operations)
        {
            table.AddRow(
                one.Id,
                Words.State(one.State),
                Markup.Escape($"{one.Kind} {one.Subject}"),
                Words.Time(one.StartedAt),
                one.EndedAt is null ? "-" : Words.Took(OperationAnswer.TimeOf(one)),
                Markup.Escape(one.StartedBy));
        }

        console.Write(table);
        if (list.Next is { } next)
        {
            console.WriteLine($"There are more: give --before {next}");
        }
    }

    private static void ShowDetail(IAnsiConsole console, OperationDetail detail)
    {
        var operation = detail.Operation;
        console.MarkupLine($"[bold]{Markup.Escape($"{operation.Kind} {operation.Subject}")}[/]  {Words.State(operation.State)}");
        console.WriteLine($"{operation.Id}, started {Words.Time(operation.StartedAt)} by {operation.StartedBy}");
        foreach (var step in detail.Steps)
        {
            var took = step.Milliseconds is { } ms ? Words.Took(TimeSpan.FromMilliseconds(ms)) : "";
            var why = step.Detail is { } text ? $"  {Words.Harmless(text)}" : "";
            console.MarkupLine($"  {step.Number,2}  {Words.State(step.State)}  {Markup.Escape(step.Name)}  [grey]{took}[/]{Markup.Escape(why)}");
        }

        OperationText.ShowRepairs(console, operation);
        OperationAnswer.ShowLeftovers(console, operation);
    }
}
