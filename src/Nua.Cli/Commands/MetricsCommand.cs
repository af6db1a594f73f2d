using System.CommandLine;
using System.Globalization;
using Nua.Api;
using Nua.Cli.Output;
using Spectre.Console;

namespace Nua.Cli.Commands;

/// <summary><c>nua metrics INSTANCE</c></summary>
internal static class MetricsCommand
{
    public static Command Create(NuaClient server, Terminal terminal)
    {
        var instance = InstanceArgument.Required(server);
        var command = new VerbCommand(
            "metrics", "Show what an instance uses, and what its providers tell of themselves.", "nua metrics guestbook", 3, 8) { instance };
        command.SetAction((line, cancellation) => terminal.AnswerAsync(line, async () =>
        {
            var metrics = await server.MetricsAsync(line.GetRequiredValue(instance), cancellation);
            return Answer.Of(metrics, ApiJson.Default.InstanceMetricsView, console => Show(console, metrics));
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, InstanceMetricsView metrics)
    {
        var table = PlainTable.Of("WORKLOAD", "METRIC", "VALUE", "MEANING");
        foreach (var (workload, one) in metrics.Workloads.SelectMany(workload => workload.Metrics.Select(one => (workload, one))))
        {
            table.AddRow(
                Markup.Escape(workload.Workload),
                Markup.Escape(one.Name),
                ValueOf(one),
                Markup.Escape(one.Part is { } part ? $"{one.Help}: {Words.Harmless(part)}" : one.Help));
        }

        console.Write(table);
        foreach (var silent in metrics.Workloads.Where(workload => workload.State is "silent"))
        {
            console.MarkupLine(
                $"[yellow]{Markup.Escape(silent.Workload)} does not answer[/]: {Markup.Escape(Words.Harmless(silent.Reason ?? "nobody knows why"))}");
        }
    }

    private static string ValueOf(MetricView metric) => metric switch
    {
        { Unit: "bytes" } => Words.Size((long)metric.Value),
        { Unit: "seconds", Name: var name } when name.EndsWith("_timestamp_seconds", StringComparison.Ordinal) =>
            Words.Time(DateTimeOffset.FromUnixTimeSeconds((long)Readable(metric))),
        { Unit: "seconds" } => Words.Took(TimeSpan.FromSeconds(Readable(metric))),
        _ => metric.Value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    // What a server says of itself may be nonsense; there are no more seconds than that.
    private static double Readable(MetricView metric) => Math.Clamp(metric.Value, 0, 1e11);
}
