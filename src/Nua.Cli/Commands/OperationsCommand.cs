using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua operations list|show|cancel</c></summary>
internal static class OperationsCommand
{
    public static Command Create(NuaClient server, Terminal terminal) =>
        new VerbCommand("operations", "See what is being done, what was, and stop it.", "nua operations list", 3, 8)
        {
            List(server, terminal),
            Show(server, terminal),
            Cancel(server, terminal),
        };

    private static VerbCommand List(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Optional(server, "Only those of one instance or app.");
        var limit = new Option<int>("--limit", "-n") { Description = "The newest N (default 20).", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new VerbCommand(
            "list", "List the newest operations.", "nua operations list guestbook", 8) { instance, limit };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var list = await server.OperationsAsync(line.GetValue(instance), line.GetValue(limit), cancellation);
            return Answer.Of(list, ApiJson.Default.OperationList, console => ShowList(console, list));
        }));
        return command;
    }

    private static VerbCommand Show(NuaClient server, Terminal terminal)
    {
        var id = IdArgument();
        var follow = new Option<bool>("--follow", "-f") { Description = "Stay until it ends; then end as it did." };
        var command = new VerbCommand(
            "show", "Show an operation's steps.", "nua operations show 0190f2… --follow", 3, 4, 5, 6, 7, 8, 9) { id, follow };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async progress =>
        {
            var detail = await server.OperationAsync(line.GetRequiredValue(id), cancellation);
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
            var operation = await server.CancelAsync(line.GetRequiredValue(id), cancellation);
            return Answer.Of(operation, ApiJson.Default.OperationView, console => console.WriteLine(operation.State == "running"
                ? $"Asked it to stop. See how it ends: nua operations show {operation.Id} --follow"
                : $"It had ended before: {operation.State}."));
        }));
        return command;
    }

    private static Argument<string> IdArgument() => new("id") { Description = "The operation's id, from 'nua operations list'." };

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

        OperationAnswer.ShowLeftovers(console, operation);
    }
}
