using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua audit</c> and <c>nua audit verify</c></summary>
internal static class AuditCommand
{
    private static readonly int Broken = ProblemKinds.Find("backup-failed").Exit;

    public static Command Create(NuaClient server, Terminal terminal)
    {
        var since = new Option<TimeSpan?>("--since")
        {
            Description = "Not older than that: 90s, 10m, 2h, 3d.",
            HelpName = "TIME",
            CustomParser = Durations.Parse,
        };
        var instance = new Option<string>("--instance") { Description = "Only about one instance.", HelpName = "INSTANCE" };
        var limit = new Option<int>("--limit", "-n")
        {
            Description = "The newest N (default 50).",
            HelpName = "N",
            DefaultValueFactory = _ => 50,
        };
        var command = new VerbCommand(
            "audit", "See who asked the server for what, and who was refused.", "nua audit --since 2h --instance guestbook", 4, 8)
        {
            since, instance, limit, Verify(server, terminal),
        };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var from = line.GetValue(since) is { } time ? terminal.Clock.GetUtcNow() - time : (DateTimeOffset?)null;
            var list = await server.AuditAsync(from, line.GetValue(instance), line.GetValue(limit), cancellation);
            return Answer.Of(list, ApiJson.Default.AuditList, console => Show(console, list));
        }));
        return command;
    }

    private static VerbCommand Verify(NuaClient server, Terminal terminal)
    {
        var command = new VerbCommand(
            "verify", "Follow the audit trail from its start: whether a record was changed or removed.", "nua audit verify", 4, Broken, 8);
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var check = await server.CheckAuditAsync(cancellation);
            return Answer.Of(
                check,
                ApiJson.Default.AuditCheckView,
                console => console.WriteLine(check.BrokenAt is { } at
                    ? $"The audit trail is broken at record {at} of {check.Records}: it, or one before it, was changed or removed."
                    : $"The audit trail is whole: {Words.Count((int)check.Records, "record")}, the last with the hash {check.Head}."),
                check.BrokenAt is null ? ExitCodes.Done : Broken);
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, AuditList list)
    {
        var table = PlainTable.Of("NUMBER", "TIME", "WHO", "FROM", "WHAT", "INSTANCE", "OUTCOME");
        foreach (var one in list.Records)
        {
            table.AddRow(
                $"{one.Number}",
                Words.Time(one.At),
                Markup.Escape(one.Who),
                Markup.Escape(one.From),
                Markup.Escape(one.What),
                Markup.Escape(one.Instance ?? "-"),
                Markup.Escape(one.Outcome));
        }

        console.Write(table);
    }
}
